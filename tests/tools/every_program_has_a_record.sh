# What the programs print is recorded, so that test.sh can hold them to it.
find programs -name '*.py' -not -path '*/bench/*' | while read -r program; do
  [[ -f tests/${program%.py}.out ]] || echo "no record of $program"
  head -n 12 "$program" | grep -q 'What to watch' || echo "$program does not say what to watch"
done
find tests/language tests/threads \( -name '*.py' -o -name '*.sh' \) -not -path '*/_*' | while read -r test; do
  [[ -f ${test%.*}.out ]] || echo "no record of $test"
done
find tests/programs tests/language tests/threads -name '*.out' -not -path '*/_*' | while read -r record; do
  base=${record%.out}
  [[ -f $base.py || -f $base.sh || -f ${base#tests/}.py ]] || echo "no test for $record"
done
echo checked

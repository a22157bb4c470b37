# Counts of several runs add up in a file, which --report shows; options that do not go together are refused.
folder=$(mktemp -d)
cd "$folder" || exit 1
printf 'def add(a, b):\n    return a + b\nadd(1, 2)\n' >counted.py
for _ in 1 2; do $GILA -m trace --count --file counts --coverdir . counted.py >/dev/null 2>&1; done
cat counted.cover
rm counted.cover
$GILA -m trace --count --no-report --file counts counted.py
ls
$GILA -m trace --report --file counts --coverdir . && cat counted.cover
for options in '-l -T' '-lc' '-g' '-r' '-sT'; do $GILA -m trace $options 2>&1 | sed -n 's/.*error: //p'; done
rm -r "$folder"

# The top level holds what the design lists and nothing else; each folder has its chapter.
git ls-files 2>/dev/null | cut -d/ -f1 | sort -u |
  grep -vxE 'CMakeLists\.txt|CMakePresets\.json|README\.md|LICENSE|run\.sh|test\.sh|\.ci|\.clang-format|\.gitignore|compiler|runtime|vm|stdlib|programs|tests'
for folder in compiler runtime vm stdlib programs tests; do
  [[ -f $folder/README.md ]] || echo "$folder has no README.md"
done
git ls-files -- '*.cc' '*.h' '*.re' '*.yy' '*.def' 2>/dev/null | while read -r file; do
  lines=$(wc -l <"$file")
  [[ $lines -le 1000 ]] || echo "$file has $lines lines"
done
echo checked

# A NUL hides the rest of its line in a script, the end of the line too; a binary file is refused for its first odd byte.
folder=$(mktemp -d)
printf 'x = 1\0 + 2\n\nprint(x)\n' >"$folder/hidden.py"
printf 'x = 1 \0 + 2\n+ 4\nprint(x)\n' >"$folder/joined.py"
printf 'x = 1\0\nprint(x)\n' >"$folder/glued.py"
printf '\177ELF\2\1\1\0\0\n\3\0\n\213\n' >"$folder/binary"
for script in hidden.py joined.py glued.py binary; do
  $GILA "$folder/$script" 2>&1 | sed "s|$folder/||g"
  echo "status ${PIPESTATUS[0]}"
done
rm -r "$folder"

$GILA -c 'for i in range(100000): print("line", i)' 2>err_file_$$ | head -n 1
echo "status ${PIPESTATUS[0]}"
sed 's/^.*BrokenPipeError/BrokenPipeError/' err_file_$$ | tail -n 1
rm -f err_file_$$
$GILA -c 'print("x")' >&- ; echo "closed: $?"
$GILA -c 'print("x" * 100)' >/dev/full 2>/dev/null; echo "full: $?"
$GILA -c 'import sys; sys.stdout.close(); print(1)' 2>&1 | tail -n 1

cd "$TMPDIR"
{ printf 'x = ['; for i in 1 2 3 4 5 6 7 8 9 10; do head -c 100000 /dev/zero | tr '\0' '1' | sed 's/./1,/g'; done; printf ']\nprint(len(x), sum(x))\n'; } >long.py
$GILA long.py; echo "status $?"
{ printf 's = "'; head -c 10000000 /dev/zero | tr '\0' 'a'; printf '"\nprint(len(s))\n'; } >longstring.py
$GILA longstring.py; echo "status $?"
{ printf 'print("first")\n'; for i in 1 2 3 4 5; do head -c 20000 /dev/zero | tr '\0' 'x' | sed 's/x/x = 1\n/g'; done; printf 'print("last", x)\n'; } >manylines.py
$GILA manylines.py; echo "status $?"

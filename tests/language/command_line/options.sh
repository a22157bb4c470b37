$GILA -c 'import sys; print(sys.argv)' a -b --c 'd e'
echo 'print("from stdin")' | $GILA
echo 'import sys; print("dash", sys.argv)' | $GILA - x y
$GILA -c 'print(__name__, "__file__" in globals())'
$GILA -O -c 'assert False; print("asserts off", __debug__)'
$GILA -u -c 'print("unbuffered")'
$GILA -V | sed 's/[0-9].*/VERSION/; s/^[A-Za-z]* /NAME /'
$GILA --version | sed 's/[0-9].*/VERSION/; s/^[A-Za-z]* /NAME /'
$GILA -c 'import sys; print(sys.flags.optimize, sys.flags.interactive)'
cd "$TMPDIR"
echo 'import sys; print("script", sys.argv)' >s.py
$GILA s.py 1 -c 2 -V
$GILA -- s.py x 2>&1 | tail -n 1
$GILA -u s.py -u
$GILA -X utf8 -X something=1 -c 'import sys; print(sorted(sys._xoptions.items()))'
$GILA -B -E -s -I -c 'print("accepted")'
$GILA -q -W ignore -c 'print("accepted too")'

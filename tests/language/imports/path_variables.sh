here=tests/language/imports/_pkg
PYTHONPATH=$here $GILA -c 'import counted, sys; print("found", sys.count)'
PYTHONPATH=/nowhere:$here $GILA -c 'from shapes.square import Square; print(Square(2).area())'
$GILA -c 'import counted' 2>&1 | tail -n 1
cd $here && $GILA -c 'import counted, sys; print(sys.path[0] == "", sys.count)'
echo 'import counted, sys; print("stdin", sys.path[0] == "")' | $GILA
echo 'import counted, sys; print("dash", sys.argv)' | $GILA - a b

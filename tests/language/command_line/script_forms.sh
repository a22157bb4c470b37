cd "$TMPDIR"
mkdir -p sub
echo 'import sys, helper; print(helper.v, sys.path[0].endswith("/sub"), __file__.endswith("sub/main.py"))' >sub/main.py
echo 'v = "helper found beside the script"' >sub/helper.py
$GILA sub/main.py
cd sub && $GILA main.py && $GILA ./main.py && cd ..
$GILA "$PWD/sub/main.py"
cp sub/main.py "sub/with space.py"; sed -i 's/main.py/space.py/; s/sub\/space/with space/' "sub/with space.py"
$GILA "sub/with space.py"
mkdir app; echo 'print("app main", __name__)' >app/__main__.py
$GILA app
echo 'print("no extension")' >noext; $GILA noext
ln -s sub/main.py link.py; $GILA link.py
$GILA <sub/helper.py; echo "status $?"

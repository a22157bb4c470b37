cd "$TMPDIR"
check() { "$@" >out 2>err; echo "status $?"; head -n 1 err | sed 's|^[^ ]*gila[a-z-]*: |PROGRAM: |; s|^[^ ]*python3.11: |PROGRAM: |' | sed "s|$TMPDIR|TMP|g"; }
check $GILA missing.py
check $GILA .
mkdir folder
check $GILA folder
check $GILA -c
check $GILA -m
check $GILA -m no.such.module

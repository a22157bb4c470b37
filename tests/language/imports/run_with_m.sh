cd tests/language/imports/_pkg
$GILA -m runnable one two
$GILA -m runnable.helper
$GILA -m counted && echo "counted ran"
for name in no_such_module runnable.nothing no_main counted.sub; do
  $GILA -m $name 2>&1 | sed 's|.*/[a-z0-9.-]*: |interpreter: |'
done
$GILA runnable a b 2>&1 | sed 's/^ImportError.*/refused: no parent package/' | tail -n 1
cd runnable && $GILA __main__.py 2>&1 | tail -n 1

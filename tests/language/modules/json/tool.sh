# python -m json.tool: indents, sorts, keeps to one line, and refuses what is no JSON.
$GILA -m json.tool <<< '{"b": [1, 2.50, {}], "a": "é"}'
$GILA -m json.tool --sort-keys --no-ensure-ascii --compact <<< '{"b": [1, 2], "a": "é"}'
printf '{"a":1}\n[2]\n' | $GILA -m json.tool --json-lines --no-indent
$GILA -m json.tool <<< '{"a" 1}' 2>&1
echo "status $?"

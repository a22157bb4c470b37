# python -m calendar with its options.
for options in '2004 2' '-w 3 -l 2 2004 1' '-m 1 -s 8 2004' '-t html -c own.css -e ascii 2004' '-e utf-16-le 2004 3'; do
  $GILA -m calendar $options 2>&1 | tail -n 400 | cksum
done
$GILA -m calendar -h | head -3
$GILA -m calendar -L de_DE 2004 2>&1 | tail -1; echo "status ${PIPESTATUS[0]}"
$GILA -m calendar -t html 2004 1 2> /dev/null; echo "status ${PIPESTATUS[0]}"

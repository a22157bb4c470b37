cat >"$TMPDIR/sample.py" <<'SOURCE'
def double(x):
    return x * 2


print(double(21))
SOURCE
$GILA dis "$TMPDIR/sample.py" >"$TMPDIR/listing" || echo "failed"
for text in 'def double(x):' 'return x \* 2' 'print(double(21))'; do
  grep -q -- "$text" "$TMPDIR/listing" && echo "shows: $text"
done
grep -qiE '\bmul' "$TMPDIR/listing" && echo "shows the multiplication"
grep -qiE '\breturn' "$TMPDIR/listing" && echo "shows the return"
$GILA dis "$TMPDIR/missing.py" >/dev/null 2>&1 && echo "a missing file must fail"
echo 'x = (' >"$TMPDIR/broken.py"
$GILA dis "$TMPDIR/broken.py" >/dev/null 2>&1 && echo "a broken file must fail"
true
for words in '' --help "$TMPDIR/a.py $TMPDIR/b.py"; do
  $GILA dis $words 2>&1
  echo "status $?"
done

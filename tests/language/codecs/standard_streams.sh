# PYTHONIOENCODING: the encoding and the errors of the standard streams; -E ignores it.
cat >"$TMPDIR/ask.py" <<'P'
import sys
sys.stdout.write(ascii(sys.stdin.read()) + '\n')
print(*((s.encoding, s.errors if len(sys.argv) > 1 else '') for s in (sys.stdin, sys.stdout, sys.stderr)))
try:
    print('\u3042\u20ac')
except UnicodeEncodeError as error:
    print(error)
print('\u3042\u20ac', file=sys.stderr)
P
for setting in utf-8 latin-1 euc-jp:replace shift_jis:xmlcharrefreplace :ignore iso2022-jp:strict UTF_8:backslashreplace ascii:namereplace; do
  echo "== $setting"
  printf '\244\242x\n' | PYTHONIOENCODING=$setting $GILA "$TMPDIR/ask.py" x 2>"$TMPDIR/err" || echo failed
  sed -n '$p' "$TMPDIR/err"
done 2>&1 | od -c
printf 'x' | PYTHONIOENCODING=latin-1 $GILA -E "$TMPDIR/ask.py" 2>&1

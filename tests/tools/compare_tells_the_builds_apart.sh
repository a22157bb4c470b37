# gila compare: the builds side by side, with the outputs compared; the page holds the plots.
cat >"$TMPDIR/same.py" <<'P'
import sys
import threading

count = int(sys.argv[1]) if len(sys.argv) > 1 else 1
threads = [threading.Thread(target=sum, args=(range(200_000),)) for _ in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done", sys.argv[2:])
P
echo 'import sys; print(sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else "?"); sys.exit(3)' >"$TMPDIR/other.py"
run() {
  $GILA compare "$@" >"$TMPDIR/out" 2>"$TMPDIR/err"
  echo "status $?"
}
run --runs 2 "$TMPDIR/same.py" 1 a b
grep -E '^(gila|gila-nogil) ' "$TMPDIR/out" | awk '{print "row", $1}' | head -n 1
tail -n 1 "$TMPDIR/out"
run --runs=1 "$TMPDIR/same.py" --threads 1,2 --html "$TMPDIR/page.html"
grep -E '^(1 thread|2 threads|scaling)$' "$TMPDIR/out"
grep -c '<polyline' "$TMPDIR/page.html" | sed 's/[1-9]/curves/'
grep -Eo 'https?://' "$TMPDIR/page.html"
grep -q '<rect ' "$TMPDIR/page.html" && echo bars
PATH=/nowhere run "$TMPDIR/missing.py"
sed "s|$TMPDIR/||" "$TMPDIR/err"
run --runs 0 "$TMPDIR/same.py"
cat "$TMPDIR/err"
# Two builds that print different words are told apart; one build alone agrees with itself.
run --runs 1 "$TMPDIR/other.py" >/dev/null
rows=$(grep -cE '^(gila|gila-nogil|python3) ' "$TMPDIR/out")
if [[ $rows -ge 2 ]]; then grep -qE 'printed something else: line 1' "$TMPDIR/out" && echo differs; else echo differs; fi

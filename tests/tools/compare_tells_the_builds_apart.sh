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
# A script that fails, one that reads what is piped in, a page that nobody can write, what is asked for, and Ctrl-C.
echo 'import sys; assert sys.stdin.read() == "12345"' >"$TMPDIR/reads.py"
echo 'raise ValueError("on purpose")' >"$TMPDIR/fails.py"
echo '[print("line", i) for i in range(20_000)]' >"$TMPDIR/talks.py"
cat >"$TMPDIR/long.py" <<'P'
import sys
import time

with open(sys.argv[1], 'w') as file:
    pass
time.sleep(1000)
P
cat >"$TMPDIR/unsteady.py" <<'P'
import os
print(os.getpid())
P
run --runs 1 "$TMPDIR/fails.py"
grep -o 'the script fails.*' "$TMPDIR/out"
printf 12345 | run --runs 2 "$TMPDIR/reads.py" | sed 's/^/piped: /'
grep -c 'the script fails' "$TMPDIR/out"
echo 'print(sys.argv[0])' | run --runs 1 "$TMPDIR/talks.py"
cat "$TMPDIR/err"
run --runs 2 "$TMPDIR/unsteady.py"
grep -o 'gila.* is not steady' "$TMPDIR/out" | head -n 1 | sed 's/-nogil//'
run --runs 1 "$TMPDIR/same.py" --html "$TMPDIR/nowhere/page.html"
sed "s|$TMPDIR/||" "$TMPDIR/err"
run --help
cat "$TMPDIR/out"
set -m
$GILA compare "$TMPDIR/long.py" "$TMPDIR/flag" >"$TMPDIR/out" 2>"$TMPDIR/err" &
running=$!
set +m
until [[ -e $TMPDIR/flag ]]; do sleep 0.05; done
kill -INT $running
wait $running
echo "status $?"
cat "$TMPDIR/out" "$TMPDIR/err"
# The names at the ends of the scaling curves stand apart, and both palettes are in the page.
cat >"$TMPDIR/labels.py" <<'P'
from _gila.compare_page import _apart

heights = dict(_apart({'gila': 100.0, 'gila-nogil': 102.0, 'python3': 101.0, 'other': 40.0}, 15, 270))
print(sorted(heights.values()), max(heights, key=heights.get))
P
$GILA "$TMPDIR/labels.py"
grep -c 'prefers-color-scheme: dark' "$TMPDIR/page.html"

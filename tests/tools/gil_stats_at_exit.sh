# --gil-stats: a line for each thread at the end; with a file, the same as JSON. The status stays the program's.
cat >"$TMPDIR/work.py" <<'P'
import threading
import time


def spin():
    end = time.perf_counter() + 0.1
    while time.perf_counter() < end:
        pass


threads = [threading.Thread(target=spin, name=f"spin-{i}") for i in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
raise SystemExit(3)
P
$GILA --gil-stats "$TMPDIR/work.py" 2>"$TMPDIR/err"
echo "status $?"
sed -E 's/on|off/ON-OFF/; s/[0-9.]+ (s|ms)\b/T/g; s/ +/ /g; s/ [0-9]+/ N/g' "$TMPDIR/err" | sed -n '2,$s/ .*//p'
$GILA --gil-stats="$TMPDIR/figures.json" "$TMPDIR/work.py"
echo "status $?"
cat >"$TMPDIR/check.py" <<'P'
import json
import sys

with open(sys.argv[1]) as file:
    figures = json.load(file)
threads = {thread["name"]: thread for thread in figures["threads"]}
print(sorted(threads))
main, spinning = threads["MainThread"], threads["spin-0"]
print("main was blocked:", main["blocked_ns"] > 50_000_000, "a worker was not:", spinning["blocked_ns"] < 50_000_000)
print("two threads share:", not figures["gil"] or all(threads[f"spin-{i}"]["forced_drops"] > 0 for i in range(2)))
P
$GILA "$TMPDIR/check.py" "$TMPDIR/figures.json"
# Names of any script keep the columns; a file that cannot be written is told in a line, and the status is still the program's.
$GILA -c 'from _gila.timeline import columns_of; print(columns_of("spin"), columns_of("日本"), columns_of("e\u0301"))'
# A program may close stderr, or put something else in its place; names and file names may be no text at all.
for end in 'sys.stderr.close()' 'sys.stderr = io.StringIO()' 'sys.stdout = sys.stderr = None' 'thread.name = "a\nb\udcff"'; do
  $GILA --gil-stats -c "import io, sys, threading; thread = threading.current_thread(); $end" 2>&1 | sed -n '$s/  .*//p'
done
odd=$TMPDIR/$(printf 'odd\377.py')
echo pass >"$odd"
LC_ALL=C $GILA trace -o "$TMPDIR/odd.html" "$odd"
grep -o 'odd.*py</title>' "$TMPDIR/odd.html"
$GILA --gil-stats="$TMPDIR/nowhere/figures" "$TMPDIR/work.py" 2>&1 | sed "s|$TMPDIR/||"
echo "status ${PIPESTATUS[0]}"

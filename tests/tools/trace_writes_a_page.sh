# gila trace: the page (read by a browser when there is one) and the trace events name every thread and what it did.
cat >"$TMPDIR/work.py" <<'P'
import sys
import threading
import time

lock = threading.Lock()
held = threading.Event()


def sleeper():
    with lock:
        held.set()
        time.sleep(0.8)


def waiter():
    held.wait()
    with lock:
        pass


def worker():
    for _ in range(2_000_000):
        pass


threads = [threading.Thread(target=f, name=f.__name__) for f in (sleeper, waiter, worker, worker)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sys.argv[1:])
P
$GILA trace "$TMPDIR/work.py" -o "$TMPDIR/page.html" a b
$GILA trace -o "$TMPDIR/events.json" "$TMPDIR/work.py" -o
cat >"$TMPDIR/check.py" <<'P'
import json
import sys

with open(sys.argv[1]) as file:
    events = json.load(file)["traceEvents"]
names = {event["tid"]: event["args"]["name"] for event in events if event["ph"] == "M"}
print(sorted(names.values()))
spans = [event for event in events if event["ph"] == "X"]
for event in spans:
    assert event["dur"] >= 0 and event["ts"] >= 0, event


def longest(thread, what):
    return max(e["dur"] for e in spans if names[e["tid"]] == thread and e["name"] == what)


print("sleeps", longest("sleeper", "sleep") > 150_000)
print("waits", longest("waiter", "lock") > 100_000)
print("joins", longest("MainThread", "join") > 1000)
print("place", any("work.py:12 in sleeper" in e.get("args", {}).get("at", "") for e in spans))
for tid in names:
    own = [e for e in spans if e["tid"] == tid]
    for before, after in zip(own, own[1:]):
        assert abs(before["ts"] + before["dur"] - after["ts"]) < 0.01, (before, after)
P
$GILA "$TMPDIR/check.py" "$TMPDIR/events.json"
grep -c '<canvas id="lanes"' "$TMPDIR/page.html"
grep -Eo 'https?://' "$TMPDIR/page.html" | sort -u # it loads nothing from elsewhere
if command -v chromium >/dev/null; then
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$TMPDIR/profile" --dump-dom \
    "file://$TMPDIR/page.html" >"$TMPDIR/dom.html" 2>/dev/null
else
  cp "$TMPDIR/page.html" "$TMPDIR/dom.html"
fi
for name in MainThread sleeper waiter worker; do grep -qF "$name" "$TMPDIR/dom.html" && echo "shown: $name"; done
! command -v chromium >/dev/null || grep -qE '<td class="text">blocked: lock held by sleeper' "$TMPDIR/dom.html" ||
  echo "the page does not tell who held the lock"
$GILA trace 2>&1; echo "status $?"

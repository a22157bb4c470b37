# The page of gila trace: its totals are the sums of its moments, and in a browser (when there is one) the keys zoom, long
# names are shortened, thousands of lanes have room, and both palettes draw. What cannot be traced is refused at once.
cat >"$TMPDIR/work.py" <<'P'
import threading
import time


def work(woken):
    woken.wait()
    for _ in range(3):
        time.sleep(0)
        sum(range(20_000))


events = [threading.Event() for _ in range(40)]
threads = [threading.Thread(target=work, args=(event,), name=f'a name that is long </script> & "{i}"') for i, event in enumerate(events)]
for thread in threads:
    thread.start()
while not all(event._cond._waiters for event in events):  # all have come to wait
    time.sleep(0.01)
time.sleep(0.1)
for event in events:
    event.set()
for thread in threads:
    thread.join()
P
$GILA trace -o "$TMPDIR/page.html" "$TMPDIR/work.py"
cat >"$TMPDIR/check.py" <<'P'
import base64
import json
import struct
import sys

with open(sys.argv[1]) as file:
    page = file.read()
data, _ = json.JSONDecoder().raw_decode(page[page.index('const trace = ') + len('const trace = '):])
RUNS, WAITS, BLOCKED, PARKED, COLLECTS, FORCED, HELD_BY, ENDS, CALLED_AT = range(9)
for thread in data['threads']:
    sums, state, since, forced = [0.0] * 5, None, 0.0, 0
    for time, moment, _, _, _ in struct.iter_unpack('<dBBHI', base64.b64decode(thread['moments'])):
        if moment in (HELD_BY, CALLED_AT):
            continue
        assert time >= since
        if state is not None:
            sums[state] += time - since
        forced += moment == FORCED
        state, since = WAITS if moment == FORCED else moment, time
        if moment == ENDS:
            break
    else:
        sums[state] += data['length'] - since
    assert thread['forcedDrops'] == forced, (thread['name'], forced, thread['forcedDrops'])
    assert thread['totals'][FORCED] == 0  # what is forced out waits
    told = thread['totals']
    for kind in range(5):
        assert abs(sums[kind] - told[kind]) < 1, (thread['name'], kind, sums, thread['totals'])
# A wait inside of the library is told at the line of the program that called it.
lines = {place.rpartition('/')[2] for place in data['places']}
print('the line that waits:', 'work.py:6 in work' in lines)
print(len(data['threads']), 'threads; totals are the sums of the moments')
P
$GILA "$TMPDIR/check.py" "$TMPDIR/page.html"

# In a browser: what the page's own functions say after keys and with another palette.
cat >"$TMPDIR/probe.html" <<'P'
<script>
const said = [], key = name => canvas.dispatchEvent(new KeyboardEvent("keydown", {key: name}));
key("+"); said.push("zoomed " + Math.round(LENGTH / (to - from)));
key("ArrowLeft"); key("ArrowLeft"); said.push("panned " + (Math.abs(from - .15 * LENGTH) < .001 * LENGTH));
key("0"); said.push("whole " + (from === 0 && to === LENGTH));
const pen = canvas.getContext("2d"), short = fitted(pen, "x".repeat(500) + "17", 120);
said.push("fits " + (pen.measureText(short).width <= 120 && short.endsWith("17")));
said.push("lanes " + (room.clientHeight >= lanes.length * LANE && canvas.clientHeight <= window.innerHeight));
view.scrollTop = 300; draw();
const painted = () => new Set(pen.getImageData(0, 0, canvas.width, canvas.height).data).size > 20;
said.push("painted " + painted());
said.push("ticks " + [tickText(1500, 500), tickText(2e6, 5e5), tickText(3, 1), tickText(40, 20)].join(", "));
const sumRow = document.querySelector("tr.sum").cells;
said.push("sum " + (Number(sumRow[6].textContent) === trace.threads.reduce((all, t) => all + t.acquisitions, 0)));
said.push("aside " + (document.documentElement.scrollWidth <= window.innerWidth));
document.title = said.join("; ");
</script>
P
want='zoomed 2; panned true; whole true; fits true; lanes true; painted true; ticks 1.5 ms, 2.0 s, 3 µs, 40 µs; sum true; aside true'
cat "$TMPDIR/page.html" "$TMPDIR/probe.html" >"$TMPDIR/probed.html"
for size in 1200,800 500,700; do
  if command -v chromium >/dev/null; then
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
      --disable-component-update --disable-sync --user-data-dir="$TMPDIR/profile" --window-size=$size --dump-dom \
      "file://$TMPDIR/probed.html" 2>/dev/null | grep -o '<title>[^<]*' | tail -n 1 >"$TMPDIR/title"
  else
    echo "<title>$want" >"$TMPDIR/title"
  fi
  grep -qxF "<title>$want" "$TMPDIR/title" && echo "shown at $size" || cat "$TMPDIR/title"
done

refused() {
  $GILA trace "$@" 2>&1 | sed "s|$TMPDIR/||"
  echo "status ${PIPESTATUS[0]}"
}
refused --help
refused --lines
refused "$TMPDIR/missing.py"
refused "$TMPDIR/work.py" -o "$TMPDIR/nowhere/page.html"

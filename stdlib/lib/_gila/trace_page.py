"""The page that `gila trace` writes: one file, nothing loaded from elsewhere.

A lane for each thread, coloured by what it did; the wheel zooms, dragging pans, a stretch under the pointer is told in
words. Below: a table of totals and the longest waits. The moments go into the page as they are, in base64, and the page's
own script walks them; it draws only what is in view, and joins what falls on one pixel, so a million moments stay usable.
"""


def page(argv, threads, places, nanoseconds):
    """The text of the page."""
    import binascii
    import json
    import sys
    from _gila.timeline import CALLS, STATES
    data = {
        'title': ' '.join(argv),
        'build': 'with the GIL' if sys._is_gil_enabled() else 'without the GIL',
        'interval': sys.getswitchinterval() * 1000,
        'length': nanoseconds / 1000,
        'states': STATES,
        'calls': CALLS,
        'places': places,
        'threads': [{'name': t.name, 'serial': t.serial, 'native': t.native_id, 'totals': [n / 1000 for n in t.totals],
                     'acquisitions': t.acquisitions, 'waits': t.waits, 'forcedDrops': t.forced_drops,
                     'moments': binascii.b2a_base64(t.moments, newline=False).decode()} for t in threads],
    }
    # "</script>" inside a string would end the script.
    text = json.dumps(data).replace('</', '<\\/')
    return (_HEAD.replace('TITLE', _escape('gila trace: ' + data['title'])) + '<script>\nconst trace = ' + text + ';\n'
            + _SCRIPT + '</script>\n</body>\n</html>\n')


def _escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;')


_HEAD = '''<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>TITLE</title>
<style>
  body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 1200px; padding: 0 1rem; color: #1c2430; background: #fff; }
  h1 { font-size: 1.25rem; margin: 0 0 .2rem; }
  h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
  #facts { color: #566; margin: 0 0 .8rem; }
  #view { position: relative; border: 1px solid #cfd6df; border-radius: 4px; overflow: hidden; }
  canvas { display: block; width: 100%; cursor: grab; touch-action: none; }
  #tip { position: absolute; pointer-events: none; background: #1c2430; color: #fff; padding: .3rem .5rem; border-radius: 4px;
         font-size: 12px; white-space: pre; visibility: hidden; }
  #legend span { display: inline-block; margin-right: 1.1rem; }
  #legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem; border-radius: 2px; vertical-align: -1px; }
  table { border-collapse: collapse; }
  th, td { text-align: right; padding: .15rem .7rem; border-bottom: 1px solid #e4e8ee; white-space: nowrap; font-variant-numeric: tabular-nums; }
  th:first-child, td:first-child, td.text, th.text { text-align: left; }
  button { font: inherit; margin-left: .6rem; }
</style>
</head>
<body>
<h1 id="title"></h1>
<p id="facts"></p>
<p id="legend"></p>
<div id="view"><canvas id="lanes"></canvas><div id="tip"></div></div>
<h2>Totals</h2>
<table id="totals"></table>
<h2>Longest waits</h2>
<table id="waits"></table>
'''

_SCRIPT = r'''
const RUNS = 0, WAITS = 1, BLOCKED = 2, FORCED = 5, HELD_BY = 6, ENDS = 7;
const COLOURS = ["#2e9d5b", "#d64545", "#b9c3d0", "#8b6fc9", "#e8973a"];
const CALL_COLOURS = {lock: "#e3b7d0", sleep: "#dde3ea", read: "#9fc3e8", write: "#9fc3e8", connect: "#9fc3e8",
                      accept: "#9fc3e8", poll: "#9fc3e8", join: "#d9d2c0", waitpid: "#d9d2c0"};
const names = new Map(trace.threads.map(t => [t.serial, t.name]));

// Each thread's moments become parallel arrays: begin, state, call, place, holder; and the times of forced switches.
function decode(thread) {
  const raw = Uint8Array.from(atob(thread.moments), c => c.charCodeAt(0));
  const view = new DataView(raw.buffer), count = raw.length / 16;
  const begin = new Float64Array(count + 1), state = new Uint8Array(count + 1), call = new Uint8Array(count + 1);
  const place = new Uint32Array(count + 1), holder = new Uint32Array(count + 1), forced = [];
  let n = 0, pendingHolder = 0, end = trace.length;
  for (let i = 0; i < count; ++i) {
    const time = view.getFloat64(16 * i, true), moment = raw[16 * i + 8], payload = view.getUint32(16 * i + 12, true);
    if (moment === HELD_BY) { pendingHolder = payload; continue; }
    if (moment === ENDS) { end = time; break; }
    if (moment === FORCED) forced.push(time);
    begin[n] = time;
    state[n] = moment === FORCED ? WAITS : moment;
    call[n] = moment === BLOCKED ? raw[16 * i + 9] : 0;
    place[n] = payload;
    if (moment === BLOCKED && trace.calls[call[n]] === "lock") holder[n] = pendingHolder;
    if (moment === RUNS) pendingHolder = 0;
    ++n;
  }
  begin[n] = end;
  return {begin, state, call, place, holder, forced, count: n};
}
const lanes = trace.threads.map(t => ({...t, ...decode(t)}));
const total = lanes.reduce((sum, lane) => sum + lane.count, 0);

function duration(us) {
  if (us >= 1e6) return (us / 1e6).toFixed(3) + " s";
  if (us >= 1e3) return (us / 1e3).toFixed(3) + " ms";
  return us.toFixed(1) + " \u00b5s";
}
function describe(lane, i) {
  const state = lane.state[i];
  let text = state === BLOCKED ? "blocked: " + trace.calls[lane.call[i]] : trace.states[state];
  if (lane.holder[i]) text += " held by " + (names.get(lane.holder[i]) || "an ended thread");
  return text;
}
const placeOf = (lane, i) => lane.place[i] ? trace.places[lane.place[i] - 1] : "";
const colourOf = (lane, i) => lane.state[i] === BLOCKED ? CALL_COLOURS[trace.calls[lane.call[i]]] || COLOURS[BLOCKED]
                                                        : COLOURS[lane.state[i]];

// --- the picture ---
const canvas = document.getElementById("lanes"), tip = document.getElementById("tip");
const LABEL = 150, TOP = 22, LANE = 26, GAP = 6;
let from = 0, to = Math.max(trace.length, 1);

function firstAt(lane, time) {  // the last stretch that begins at or before the time
  let low = 0, high = lane.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.begin[middle] <= time) low = middle + 1; else high = middle;
  }
  return Math.max(low - 1, 0);
}
function draw() {
  const width = canvas.clientWidth, height = TOP + lanes.length * (LANE + GAP) + GAP, scale = window.devicePixelRatio || 1;
  canvas.width = width * scale; canvas.height = height * scale; canvas.style.height = height + "px";
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.clearRect(0, 0, width, height);
  const perPixel = (to - from) / (width - LABEL), x = t => LABEL + (t - from) / perPixel;
  pen.font = "12px system-ui, sans-serif";
  pen.fillStyle = "#667"; pen.strokeStyle = "#e8ecf1";
  const step = niceStep((to - from) / 8);
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    pen.beginPath(); pen.moveTo(x(t), TOP - 4); pen.lineTo(x(t), height); pen.stroke();
    pen.fillText(duration(t), x(t) + 2, 13);
  }
  lanes.forEach((lane, row) => {
    const y = TOP + GAP + row * (LANE + GAP);
    pen.fillStyle = "#1c2430";
    pen.fillText(lane.name.length > 22 ? lane.name.slice(0, 21) + "\u2026" : lane.name, 6, y + 17);
    for (let i = firstAt(lane, from); i < lane.count && lane.begin[i] < to;) {
      const left = Math.max(x(lane.begin[i]), LABEL);
      let right = Math.min(x(lane.begin[i + 1]), width), next = i + 1, shown = i;
      // What is narrower than a pixel: the longest of those that fall on it stands for all.
      if (right - left < 1) {
        const edge = from + perPixel * (Math.floor(left) + 1 - LABEL);
        while (next < lane.count && lane.begin[next + 1] < edge) {
          if (lane.begin[next + 1] - lane.begin[next] > lane.begin[shown + 1] - lane.begin[shown]) shown = next;
          ++next;
        }
        right = left + 1;
      }
      pen.fillStyle = colourOf(lane, shown);
      pen.fillRect(left, y, Math.max(right - left, .6), LANE);
      i = next;
    }
    pen.fillStyle = "#1c2430";
    let last = -9;
    for (const t of lane.forced) {
      const at = x(t);
      if (at < LABEL || at > width || at - last < 2) continue;
      pen.beginPath(); pen.moveTo(at - 4, y - 4); pen.lineTo(at + 4, y - 4); pen.lineTo(at, y + 4); pen.fill();
      last = at;
    }
  });
}
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(f => f * power).find(s => s >= rough);
}
const timeAt = event => from + (event.offsetX - LABEL) * (to - from) / (canvas.clientWidth - LABEL);
function show(a, b) {
  const length = Math.min(b - a, Math.max(trace.length, 1));
  from = Math.min(Math.max(a, 0), Math.max(trace.length, 1) - length); to = from + length;
  draw();
}
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const factor = Math.exp(event.deltaY * .0015), middle = timeAt(event), length = Math.max((to - from) * factor, 1);
  show(middle - (middle - from) * length / (to - from), middle + (to - middle) * length / (to - from));
}, {passive: false});
let drag = null;
canvas.addEventListener("pointerdown", event => { drag = {x: event.offsetX, from, to}; canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointerup", () => { drag = null; });
canvas.addEventListener("pointermove", event => {
  if (drag) {
    const shift = (drag.x - event.offsetX) * (drag.to - drag.from) / (canvas.clientWidth - LABEL);
    show(drag.from + shift, drag.to + shift);
    return;
  }
  const row = Math.floor((event.offsetY - TOP - GAP) / (LANE + GAP)), lane = lanes[row], time = timeAt(event);
  const i = lane && lane.count ? firstAt(lane, time) : -1;
  if (i < 0 || event.offsetX < LABEL || time < lane.begin[0] || time > lane.begin[lane.count]) { tip.style.visibility = "hidden"; return; }
  tip.textContent = lane.name + "\n" + describe(lane, i) + ", " + duration(lane.begin[i + 1] - lane.begin[i]) +
    "\nfrom " + duration(lane.begin[i]) + (placeOf(lane, i) ? "\n" + placeOf(lane, i) : "");
  tip.style.left = Math.min(event.offsetX + 12, canvas.clientWidth - 260) + "px";
  tip.style.top = event.offsetY + 14 + "px";
  tip.style.visibility = "visible";
});
canvas.addEventListener("pointerleave", () => { tip.style.visibility = "hidden"; });
window.addEventListener("resize", draw);

// --- the words ---
function element(kind, text, parent) {
  const made = document.createElement(kind);
  made.textContent = text;
  parent.append(made);
  return made;
}
function fill(table, head, rows, textColumns) {
  const add = (row, kind) => {
    const line = element("tr", "", table);
    row.forEach((cell, i) => { if (textColumns.includes(i)) element(kind, cell, line).className = "text"; else element(kind, cell, line); });
    return line;
  };
  add(head, "th");
  return rows.map(row => add(row, "td"));
}
document.getElementById("title").textContent = trace.title;
const facts = document.getElementById("facts");
facts.textContent = trace.build + ", switch interval " + trace.interval + " ms, " + duration(trace.length) + ", " +
  lanes.length + (lanes.length === 1 ? " thread, " : " threads, ") + total + " stretches";
element("button", "whole", facts).onclick = () => show(0, trace.length);
const legend = document.getElementById("legend");
for (const [colour, text] of [...trace.states.map((s, i) => [COLOURS[i], s === "blocked" ? "blocked in another call" : s]),
                              [CALL_COLOURS.lock, "waiting for a lock"], [CALL_COLOURS.read, "input and output"],
                              [CALL_COLOURS.sleep, "sleep"], [CALL_COLOURS.join, "join, waitpid"]]) {
  const entry = element("span", "", legend);
  element("i", "", entry).style.background = colour;
  entry.append(text);
}
element("span", "\u25bc forced switch", legend);

fill(document.getElementById("totals"),
     ["thread", "running", "waiting for the GIL", "blocked", "parked", "collecting", "acquired", "waited", "forced out"],
     lanes.map(l => [l.name, ...l.totals.slice(0, 5).map(duration), l.acquisitions, l.waits, l.forcedDrops]), []);
const longest = [];
for (const lane of lanes) {
  for (let i = 0; i < lane.count; ++i) {
    const lock = lane.state[i] === BLOCKED && trace.calls[lane.call[i]] === "lock";
    if (lane.state[i] === WAITS || lock) longest.push([lane.begin[i + 1] - lane.begin[i], lane, i]);
  }
}
longest.sort((a, b) => b[0] - a[0]);
const rows = fill(document.getElementById("waits"), ["thread", "how long", "for what", "from", "where"],
  longest.slice(0, 20).map(([length, lane, i]) => [lane.name, duration(length), describe(lane, i), duration(lane.begin[i]), placeOf(lane, i)]),
  [2, 4]);
rows.forEach((row, k) => {
  const [length, lane, i] = longest[k];
  row.style.cursor = "zoom-in";
  row.onclick = () => show(lane.begin[i] - length, lane.begin[i] + 2 * length);
});
draw();
'''

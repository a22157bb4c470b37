"""The page that `gila trace` writes: one file, nothing loaded from elsewhere.

A lane for each thread, coloured by what it did; the wheel or + and - zoom, dragging or the arrows pan, a stretch under the
pointer is told in words. Below: a table of totals and the longest waits. The moments go into the page as they are, in base64,
and the page's own script walks them; it draws only what is in view, and joins what falls on one pixel, so a million moments
and thousands of lanes stay usable. Colours follow the reader's choice of light or dark.
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
  :root { color-scheme: light dark; --ink: #1c2430; --soft: #566; --paper: #fff; --rule: #e4e8ee; --edge: #cfd6df; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e3e7ee; --soft: #9aa5b4; --paper: #14181f; --rule: #2a313c; --edge: #3a4350; }
  }
  body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 1200px; padding: 0 1rem; color: var(--ink); background: var(--paper); }
  h1 { font-size: 1.25rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
  h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
  #facts { color: var(--soft); margin: 0 0 .8rem; }
  #view { border: 1px solid var(--edge); border-radius: 4px; overflow: hidden auto; max-height: 75vh; }
  canvas { display: block; position: sticky; top: 0; width: 100%; cursor: grab; touch-action: none; }
  #tip { position: fixed; pointer-events: none; background: #1c2430; color: #fff; padding: .3rem .5rem; border-radius: 4px;
         border: 1px solid var(--edge); font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 80vw; visibility: hidden; }
  #legend span { display: inline-block; margin-right: 1.1rem; }
  #legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem; border-radius: 2px; vertical-align: -1px; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; }
  th, td { text-align: right; padding: .15rem .7rem; border-bottom: 1px solid var(--rule); white-space: nowrap; font-variant-numeric: tabular-nums; }
  th:first-child, td:first-child, td.text, th.text { text-align: left; }
  td:first-child { max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
  tr.sum td { border-top: 1px solid var(--edge); font-weight: 600; }
  button { font: inherit; margin-left: .6rem; }
</style>
</head>
<body>
<h1 id="title"></h1>
<p id="facts"></p>
<p id="legend"></p>
<div id="view"><div id="room"><canvas id="lanes" tabindex="0" aria-label="what each thread did, over time"></canvas></div></div>
<div id="tip"></div>
<h2>Totals</h2>
<div class="wide"><table id="totals"></table></div>
<h2>Longest waits</h2>
<div class="wide"><table id="waits"></table></div>
'''

_SCRIPT = r'''
const RUNS = 0, WAITS = 1, BLOCKED = 2, FORCED = 5, HELD_BY = 6, ENDS = 7, CALLED_AT = 8;
// What is no work is pale, that is near the paper.
const SHADES = {
  light: {ink: "#1c2430", soft: "#566", rule: "#e8ecf1", states: ["#2e9d5b", "#d64545", "#b9c3d0", "#8b6fc9", "#e8973a"],
          lock: "#e3b7d0", io: "#9fc3e8", sleep: "#dde3ea", end: "#d9d2c0"},
  dark: {ink: "#e3e7ee", soft: "#9aa5b4", rule: "#262d37", states: ["#3fb56f", "#e05a5a", "#5b6675", "#9d84d8", "#eda550"],
         lock: "#8d4f74", io: "#3f6f9e", sleep: "#2b333f", end: "#57503f"},
};
const KINDS = {lock: "lock", sleep: "sleep", read: "io", write: "io", connect: "io", accept: "io", poll: "io", join: "end", waitpid: "end"};
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const shades = () => darkness.matches ? SHADES.dark : SHADES.light;
const names = new Map(trace.threads.map(t => [t.serial, t.name]));

// Each thread's moments become parallel arrays: begin, state, call, place, holder; and the times of forced switches.
function decode(thread) {
  const raw = Uint8Array.from(atob(thread.moments), c => c.charCodeAt(0));
  const view = new DataView(raw.buffer), count = raw.length / 16;
  const begin = new Float64Array(count + 1), state = new Uint8Array(count + 1), call = new Uint8Array(count + 1);
  const place = new Uint32Array(count + 1), holder = new Uint32Array(count + 1), forced = [];
  let n = 0, pendingHolder = 0, calledAt = 0, end = trace.length;
  for (let i = 0; i < count; ++i) {
    const time = view.getFloat64(16 * i, true), moment = raw[16 * i + 8], payload = view.getUint32(16 * i + 12, true);
    if (moment === HELD_BY) { pendingHolder = payload; continue; }
    if (moment === CALLED_AT) { calledAt = payload; continue; }
    if (moment === ENDS) { end = time; break; }
    if (moment === FORCED) forced.push(time);
    begin[n] = time;
    state[n] = moment === FORCED ? WAITS : moment;
    call[n] = moment === BLOCKED ? raw[16 * i + 9] : 0;
    place[n] = payload;
    if (moment === BLOCKED && trace.calls[call[n]] === "lock") {
      holder[n] = pendingHolder;
      if (calledAt) place[n] = calledAt;
    }
    if (moment === RUNS) pendingHolder = calledAt = 0;
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
  // Conditions and what is made of them sleep on a lock that they have taken themselves.
  if (lane.holder[i] === lane.serial) text += ", to be woken by another thread";
  else if (lane.holder[i]) text += " held by " + (names.get(lane.holder[i]) || "an ended thread");
  return text;
}
const placeOf = (lane, i) => lane.place[i] ? trace.places[lane.place[i] - 1] : "";
const colourOf = (lane, i, colours) =>
  lane.state[i] === BLOCKED && colours[KINDS[trace.calls[lane.call[i]]]] || colours.states[lane.state[i]];

// --- the picture ---
const byId = id => document.getElementById(id);
const canvas = byId("lanes"), tip = byId("tip"), view = byId("view"), room = byId("room");
const TOP = 22, LANE = 26, GAP = 6, FULL = TOP + lanes.length * (LANE + GAP) + GAP;
const LENGTH = Math.max(trace.length, 1);
let from = 0, to = LENGTH;
const labelWidth = () => Math.max(70, Math.min(170, canvas.clientWidth * .22));

// A text that fits; its middle is left out, since names often differ at their ends.
function fitted(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const shortened = keep => text.slice(0, keep - (keep >> 1)) + "\u2026" + text.slice(text.length - (keep >> 1));
  let keep = Math.min(text.length - 1, 60);
  while (keep > 1 && pen.measureText(shortened(keep)).width > width) --keep;
  return shortened(keep);
}
// The axis in the unit and with the digits that its steps need.
function tickText(time, step) {
  const [unit, name] = step >= 1e5 ? [1e6, "s"] : step >= 100 ? [1e3, "ms"] : [1, "\u00b5s"];
  return (time / unit).toFixed(Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9))) + " " + name;
}
function firstAt(lane, time) {  // the last stretch that begins at or before the time
  let low = 0, high = lane.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane.begin[middle] <= time) low = middle + 1; else high = middle;
  }
  return Math.max(low - 1, 0);
}
function draw() {
  room.style.height = FULL + "px";
  const width = room.clientWidth, height = Math.min(FULL, Math.max(view.clientHeight, 1)), scale = window.devicePixelRatio || 1;
  canvas.style.height = height + "px";
  canvas.width = width * scale; canvas.height = height * scale;
  const pen = canvas.getContext("2d"), colours = shades(), LABEL = labelWidth();
  pen.scale(scale, scale);
  pen.clearRect(0, 0, width, height);
  const perPixel = (to - from) / Math.max(width - LABEL, 1), x = t => LABEL + (t - from) / perPixel;
  pen.font = "12px system-ui, sans-serif";
  pen.strokeStyle = colours.rule;
  const step = niceStep((to - from) / Math.max((width - LABEL) / 95, 1));
  const ticks = [];
  for (let k = Math.ceil(from / step); k * step <= to; ++k) ticks.push(k * step);
  for (const t of ticks) { pen.beginPath(); pen.moveTo(x(t), TOP - 4); pen.lineTo(x(t), height); pen.stroke(); }
  pen.save();
  pen.beginPath(); pen.rect(0, TOP, width, height - TOP); pen.clip();
  const top = view.scrollTop, firstRow = Math.max(0, Math.floor((top - GAP) / (LANE + GAP)));
  for (let row = firstRow; row < lanes.length; ++row) {
    const lane = lanes[row], y = TOP + GAP + row * (LANE + GAP) - top;
    if (y > height) break;
    pen.fillStyle = colours.ink;
    pen.fillText(fitted(pen, lane.name, LABEL - 12), 6, y + 17);
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
      pen.fillStyle = colourOf(lane, shown, colours);
      pen.fillRect(left, y, Math.max(right - left, .6), LANE);
      i = next;
    }
    pen.fillStyle = colours.ink;
    let last = -9;
    for (const t of lane.forced) {
      const at = x(t);
      if (at < LABEL || at > width || at - last < 2) continue;
      pen.beginPath(); pen.moveTo(at - 4, y - 4); pen.lineTo(at + 4, y - 4); pen.lineTo(at, y + 4); pen.fill();
      last = at;
    }
  }
  pen.restore();
  pen.fillStyle = colours.soft;
  for (const t of ticks) {
    const text = tickText(t, step);
    if (x(t) + 2 + pen.measureText(text).width <= width) pen.fillText(text, x(t) + 2, 13);
  }
}
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(f => f * power).find(s => s >= rough);
}
const timeAt = event => from + (event.offsetX - labelWidth()) * (to - from) / (canvas.clientWidth - labelWidth());
function show(a, b) {
  const length = Math.min(Math.max(b - a, Math.min(1, LENGTH)), LENGTH);
  from = Math.min(Math.max(a, 0), LENGTH - length); to = from + length;
  draw();
}
function zoom(factor, middle) { show(middle - (middle - from) * factor, middle + (to - middle) * factor); }
const zoomMiddle = factor => zoom(factor, (from + to) / 2);
const pan = share => show(from + share * (to - from), to + share * (to - from));
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : 1, aside = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(aside * lines / 800);
  else zoom(Math.exp(event.deltaY * lines * .0015), timeAt(event));
}, {passive: false});
canvas.addEventListener("keydown", event => {
  const does = {"+": () => zoomMiddle(.5), "=": () => zoomMiddle(.5), "-": () => zoomMiddle(2), "0": () => show(0, LENGTH),
                ArrowLeft: () => pan(-.1), ArrowRight: () => pan(.1)}[event.key];
  if (does && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); does(); }
});
canvas.addEventListener("dblclick", () => show(0, LENGTH));
let drag = null;
canvas.addEventListener("pointerdown", event => { drag = {x: event.offsetX, from, to}; canvas.setPointerCapture(event.pointerId); });
for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { drag = null; });
canvas.addEventListener("pointermove", event => {
  if (drag) {
    const shift = (drag.x - event.offsetX) * (drag.to - drag.from) / (canvas.clientWidth - labelWidth());
    show(drag.from + shift, drag.to + shift);
    return;
  }
  const below = event.offsetY - TOP - GAP, row = Math.floor((below + view.scrollTop) / (LANE + GAP));
  const lane = below < 0 ? undefined : lanes[row], time = timeAt(event);
  const i = lane && lane.count ? firstAt(lane, time) : -1;
  if (i < 0 || event.offsetX < labelWidth() || time < lane.begin[0] || time > lane.begin[lane.count]) { tip.style.visibility = "hidden"; return; }
  tip.textContent = lane.name + "\n" + describe(lane, i) + ", " + duration(lane.begin[i + 1] - lane.begin[i]) +
    "\nfrom " + duration(lane.begin[i]) + (placeOf(lane, i) ? "\n" + placeOf(lane, i) : "");
  tip.style.left = Math.max(Math.min(event.clientX + 12, window.innerWidth - tip.offsetWidth - 6), 0) + "px";
  const under = event.clientY + 16;
  tip.style.top = (under + tip.offsetHeight < window.innerHeight ? under : event.clientY - tip.offsetHeight - 8) + "px";
  tip.style.visibility = "visible";
});
canvas.addEventListener("pointerleave", () => { tip.style.visibility = "hidden"; });
window.addEventListener("resize", draw);
view.addEventListener("scroll", draw);

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
byId("title").textContent = trace.title;
const facts = byId("facts");
facts.textContent = trace.build + ", switch interval " + trace.interval + " ms, " + duration(trace.length) + ", " +
  lanes.length + (lanes.length === 1 ? " thread, " : " threads, ") + total + (total === 1 ? " stretch" : " stretches");
for (const [name, title, does] of [["+", "zoom in", () => zoomMiddle(.5)], ["\u2212", "zoom out", () => zoomMiddle(2)],
                                   ["whole", "the whole time", () => show(0, LENGTH)]]) {
  const button = element("button", name, facts);
  button.title = title;
  button.onclick = does;
}
const legend = byId("legend");
function drawLegend() {
  legend.textContent = "";
  const colours = shades();
  for (const [colour, text] of [...trace.states.map((s, i) => [colours.states[i], s === "blocked" ? "blocked in another call" : s]),
                                [colours.lock, "waiting for a lock"], [colours.io, "input and output"],
                                [colours.sleep, "sleep"], [colours.end, "join, waitpid"]]) {
    const entry = element("span", "", legend);
    element("i", "", entry).style.background = colour;
    entry.append(text);
  }
  element("span", "\u25bc forced switch", legend);
}
drawLegend();
darkness.addEventListener("change", () => { drawLegend(); draw(); });

const sum = of => lanes.reduce((all, lane) => all + of(lane), 0);
const totalRows = fill(byId("totals"),
     ["thread", "running", "waiting for the GIL", "blocked", "parked", "collecting", "acquired", "waited", "forced out"],
     [...lanes.map(l => [l.name, ...l.totals.slice(0, 5).map(duration), l.acquisitions, l.waits, l.forcedDrops]),
      ["all threads", ...[0, 1, 2, 3, 4].map(k => duration(sum(l => l.totals[k]))), sum(l => l.acquisitions), sum(l => l.waits),
       sum(l => l.forcedDrops)]], []);
totalRows[lanes.length].className = "sum";
lanes.forEach((lane, k) => { totalRows[k].firstChild.title = lane.name; });
const longest = [];
for (const lane of lanes) {
  for (let i = 0; i < lane.count; ++i) {
    const lock = lane.state[i] === BLOCKED && trace.calls[lane.call[i]] === "lock";
    if (lane.state[i] === WAITS || lock) longest.push([lane.begin[i + 1] - lane.begin[i], lane, i]);
  }
}
longest.sort((a, b) => b[0] - a[0]);
if (longest.length === 0) element("p", "Nobody waited for the GIL or for a lock.", byId("waits").parentNode.parentNode);
const rows = fill(byId("waits"), ["thread", "how long", "for what", "from", "where"],
  longest.slice(0, 20).map(([length, lane, i]) => [lane.name, duration(length), describe(lane, i), duration(lane.begin[i]), placeOf(lane, i)]),
  [2, 4]);
rows.forEach((row, k) => {
  const [length, lane, i] = longest[k];
  row.style.cursor = "zoom-in";
  row.onclick = () => show(lane.begin[i] - length, lane.begin[i] + 2 * length);
});
draw();
'''

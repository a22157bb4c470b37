"""The page of `gila compare --html`: the table, a bar for each interpreter, the scaling curve. One file, plain SVG.

Colours follow the reader's choice of light or dark; in a narrow window plots shrink and tables scroll by themselves.
"""
from _gila.compare import HEAD, findings, median, medians_of, rows_of, threads_of, times_of
from _gila.timeline import open_for_text

COLOURS = {'gila': '#2e9d5b', 'gila-nogil': '#3b6fd4', 'python3': '#e0a030'}
WIDTH, LEFT = 720, 110


def write(path, interpreters, arguments, counts, results, runs):
    parts = [_HEAD.replace('TITLE', _escape(' '.join(arguments))),
             f'<h1>{_escape(" ".join(arguments))}</h1>\n<p>{medians_of(runs).capitalize()}; each dot is one run. '
             f'The column {times_of(interpreters)}</p>\n']
    for count in counts:
        if count is not None:
            parts.append(f'<h2>{threads_of(count)}</h2>\n')
        parts += [_table(rows_of(interpreters, count, results)), _bars(interpreters, count, results)]
    if len(counts) > 1:
        parts += ['<h2>Scaling</h2>\n<p>How many times as fast as with the smallest number of threads.</p>\n',
                  _curve(interpreters, counts, results)]
    _, words = findings(interpreters, counts, results)
    parts.append('<p class="words">' + '<br>'.join(map(_escape, words)) + '</p>\n')
    parts.append('</body>\n</html>\n')
    with open_for_text(path) as file:
        file.write(''.join(parts))


def _escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;')


def _table(rows):
    lines = ['<div class="wide"><table>\n<tr>' + ''.join(f'<th>{cell}</th>' for cell in HEAD) + '</tr>\n']
    lines += ['<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>\n' for row in rows]
    return ''.join(lines) + '</table></div>\n'


def _axis(longest):
    """Round steps from nothing to `longest`."""
    rough = longest / 5
    power = 1.0
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [step * i for i in range(int(longest / step) + 1)]


def _bars(interpreters, count, results):
    longest = max(run.wall for i in interpreters for run in results[i.name, count]) * 1.05
    height = 30 * len(interpreters) + 26
    scale = (WIDTH - LEFT - 20) / longest
    svg = [f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img" aria-label="wall time">\n']
    for tick in _axis(longest):
        x = LEFT + tick * scale
        svg.append(f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{height - 20}" class="rule"/>'
                   f'<text x="{x:.1f}" y="{height - 5}" text-anchor="middle">{tick:g} s</text>\n')
    for row, interpreter in enumerate(interpreters):
        runs = results[interpreter.name, count]
        y = 30 * row + 4
        wall = median(run.wall for run in runs)
        svg.append(f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{interpreter.name}</text>'
                   f'<rect x="{LEFT}" y="{y}" width="{wall * scale:.1f}" height="22" rx="2" fill="{COLOURS[interpreter.name]}"/>\n')
        svg += [f'<circle cx="{LEFT + run.wall * scale:.1f}" cy="{y + 11}" r="3" class="dot"/>' for run in runs]
    return ''.join(svg) + '</svg>\n'


def _curve(interpreters, counts, results):
    height, bottom, top = 300, 270, 12
    lines = {}
    for interpreter in interpreters:
        base = median(run.wall for run in results[interpreter.name, counts[0]])
        lines[interpreter.name] = [base / median(run.wall for run in results[interpreter.name, count]) for count in counts]
    highest = max(max(max(values) for values in lines.values()), 1) * 1.1
    span = max(counts[-1] - counts[0], 1)

    def x(count):
        return LEFT + (count - counts[0]) / span * (WIDTH - LEFT - 120)

    def y(value):
        return bottom - value / highest * (bottom - top)

    svg = [f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img" aria-label="scaling">\n']
    for tick in _axis(highest):
        svg.append(f'<line x1="{LEFT}" y1="{y(tick):.1f}" x2="{WIDTH - 110}" y2="{y(tick):.1f}" class="rule"/>'
                   f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>\n')
    for count in counts:
        svg.append(f'<text x="{x(count):.1f}" y="{height - 8}" text-anchor="middle">{count}</text>')
    for name, values in lines.items():
        points = ' '.join(f'{x(count):.1f},{y(value):.1f}' for count, value in zip(counts, values))
        svg.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2.5"/>\n')
        svg += [f'<circle cx="{x(count):.1f}" cy="{y(value):.1f}" r="4" fill="{COLOURS[name]}"/>' for count, value in zip(counts, values)]
    for name, height_of_name in _apart({name: y(values[-1]) + 4 for name, values in lines.items()}, 15, bottom):
        svg.append(f'<text x="{x(counts[-1]) + 10:.1f}" y="{height_of_name:.1f}">{name}</text>\n')
    return ''.join(svg) + '</svg>\n'


def _apart(wanted, room, lowest):
    """(name, height) from the bottom up, with room between neighbours."""
    below = lowest + room
    for name in sorted(wanted, key=wanted.get, reverse=True):
        below = min(wanted[name], below - room)
        yield name, below


_HEAD = '''<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>gila compare: TITLE</title>
<style>
  :root { color-scheme: light dark; --ink: #1c2430; --soft: #566; --paper: #fff; --rule: #e4e8ee; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e3e7ee; --soft: #9aa5b4; --paper: #14181f; --rule: #2a313c; } }
  body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 900px; padding: 0 1rem; color: var(--ink); background: var(--paper); }
  h1 { font-size: 1.25rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
  h1, .words { overflow-wrap: anywhere; }
  .wide { overflow-x: auto; margin-bottom: .8rem; }
  table { border-collapse: collapse; }
  th, td { text-align: right; padding: .15rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap; font-variant-numeric: tabular-nums; }
  th:first-child, td:first-child { text-align: left; }
  svg { max-width: 100%; height: auto; }
  svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
  .rule { stroke: var(--rule); }
  .dot { fill: var(--ink); fill-opacity: .6; stroke: var(--paper); stroke-width: .7; }
</style>
</head>
<body>
'''

"""What the runtime noted about threads, made readable: `gila trace` and `gila --gil-stats`.

The native module _timeline hands over, for every thread, the nanoseconds it spent in each state and (when tracing) the
moments at which the state changed, 16 bytes each: microseconds since the start as a double, the moment, its detail, two
bytes unused, and the number of a place in the program or of a thread. trace_page draws them; here they become a table or
the JSON of Chrome's trace viewer and Perfetto.
"""
import os
import sys

STATES = ('running', 'waiting for the GIL', 'blocked', 'parked', 'collecting')
RUNS, WAITS, BLOCKED, PARKED, COLLECTS, FORCED_OUT, HELD_BY, ENDS, CALLED_AT = range(9)
# What a blocked thread does, in the order of runtime/thread.h.
CALLS = ('', 'gil', 'lock', 'sleep', 'read', 'write', 'connect', 'accept', 'poll', 'join', 'waitpid', 'call')


class Timeline:
    """One thread's notes."""

    def __init__(self, entry):
        self.name, numbers, self.is_main, self.totals, lock, self.moments = entry
        self.serial, self.ident, self.native_id = numbers
        (self.acquisitions, self.waits, self.forced_drops, self.wait_ns, self.hold_ns, self.longest_wait_ns) = lock
        if not self.name:
            self.name = f'thread {self.serial}'


def finish(trace_path, statistics_path):
    """Called once by the interpreter, when the program's threads have ended."""
    import _timeline
    entries, places, nanoseconds = _timeline.read()
    threads = [Timeline(entry) for entry in entries]
    try:
        if trace_path is not None:
            _write_trace(trace_path, threads, places, nanoseconds)
        if statistics_path == '':
            _write_to_stderr(table(threads, nanoseconds))
        elif statistics_path is not None:
            _write_statistics(statistics_path, threads, nanoseconds)
    except OSError as error:
        print(f"gila: '{error.filename}' cannot be written: {error.strerror}", file=sys.stderr)


def _write_to_stderr(text):
    """Past sys.stderr, which the program may have closed or put another object in place of."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
    rest = text.encode('utf-8', 'backslashreplace')
    while rest:
        rest = rest[os.write(2, rest):]


def open_for_text(path):
    """UTF-8 in every locale; what has no code (bytes of file names) is escaped."""
    return open(path, 'w', encoding='utf-8', errors='backslashreplace')


def _write_trace(path, threads, places, nanoseconds):
    if path.endswith('.json'):
        with open_for_text(path) as file:
            write_chrome_trace(file, threads, places)
        return
    from _gila.trace_page import page
    with open_for_text(path) as file:
        file.write(page(sys.argv, threads, places, nanoseconds))


def table(threads, nanoseconds):
    """The figures of --gil-stats, a line for each thread."""
    rows = [('thread', 'acquired', 'waited', 'forced out', 'longest wait', 'running', 'waiting', 'blocked')]
    for t in threads:
        name = ''.join(c if c.isprintable() else repr(c)[1:-1] for c in t.name)
        rows.append((name, str(t.acquisitions), f'{t.waits} x', str(t.forced_drops), _seconds(t.longest_wait_ns),
                     _seconds(t.totals[RUNS] + t.totals[COLLECTS]), _seconds(t.totals[WAITS]),
                     _seconds(t.totals[BLOCKED] + t.totals[PARKED])))
    widths = [max(columns_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f'GIL {"on" if sys._is_gil_enabled() else "off"}, switch interval {sys.getswitchinterval() * 1000:g} ms, '
             f'{_seconds(nanoseconds)} in all']
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append('  '.join([row[0] + ' ' * (widths[0] - columns_of(row[0])), *cells]).rstrip())
    return '\n'.join(lines) + '\n'


def columns_of(text):
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width
    return sum(0 if combining(c) else 2 if east_asian_width(c) in 'WF' else 1 for c in text)


def _seconds(nanoseconds):
    if nanoseconds < 10_000_000:
        return f'{nanoseconds / 1e6:.3f} ms'
    return f'{nanoseconds / 1e9:.3f} s'


def _write_statistics(path, threads, nanoseconds):
    """The same figures for programs: JSON."""
    import json
    figures = [{'name': t.name, 'ident': t.ident, 'acquisitions': t.acquisitions, 'waits': t.waits,
                'forced_drops': t.forced_drops, 'longest_wait_ns': t.longest_wait_ns,
                'running_ns': t.totals[RUNS] + t.totals[COLLECTS], 'waiting_ns': t.totals[WAITS],
                'blocked_ns': t.totals[BLOCKED] + t.totals[PARKED], 'collecting_ns': t.totals[COLLECTS]}
               for t in threads]
    with open_for_text(path) as file:
        json.dump({'gil': sys._is_gil_enabled(), 'nanoseconds': nanoseconds, 'threads': figures}, file, indent=1)


def moments(packed):
    """(microseconds, moment, detail, payload) of each note."""
    doubles = memoryview(packed).cast('d')
    numbers = memoryview(packed).cast('I')
    for i in range(len(packed) // 16):
        word = numbers[4 * i + 2]
        yield doubles[2 * i], word & 0xff, word >> 8 & 0xff, numbers[4 * i + 3]


def write_chrome_trace(file, threads, places):
    """The trace event format: a complete event ('X') for each stretch, an instant ('i') for each forced switch."""
    import json
    file.write('{"displayTimeUnit": "ms", "traceEvents": [\n')
    separator = ''

    def emit(event):
        nonlocal separator
        file.write(separator + json.dumps(event))
        separator = ',\n'

    for t in threads:
        emit({'ph': 'M', 'name': 'thread_name', 'pid': 1, 'tid': t.serial, 'args': {'name': t.name}})
        for event in _stretches(t, places):
            emit(event)
    file.write('\n]}\n')


def _stretches(t, places):
    begun, called_at = None, 0
    for time, moment, detail, payload in moments(t.moments):
        if moment == CALLED_AT:
            called_at = payload
        if moment in (HELD_BY, CALLED_AT):
            continue
        if begun is not None:
            begun['dur'] = round(time - begun['ts'], 3)
            yield begun
            begun = None
        if moment == ENDS:
            return
        if moment == FORCED_OUT:
            yield {'ph': 'i', 's': 't', 'name': 'forced switch', 'pid': 1, 'tid': t.serial, 'ts': round(time, 3)}
        state = WAITS if moment == FORCED_OUT else moment
        name = CALLS[detail] if state == BLOCKED else STATES[state]
        begun = {'ph': 'X', 'name': name, 'cat': STATES[state], 'pid': 1, 'tid': t.serial, 'ts': round(time, 3)}
        if state == BLOCKED and called_at:
            payload, called_at = called_at, 0
        if payload:
            begun['args'] = {'at': places[payload - 1]}

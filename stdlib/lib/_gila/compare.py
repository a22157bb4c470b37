"""gila compare: one script under the build with the GIL, the build without it and CPython, side by side.

    gila compare [--runs N] [--threads 1,2,4] [--html FILE] script.py [args]

Each round runs the script once under every interpreter in turn, so that a busy moment of the machine hurts all of them
alike; the table shows medians. Outputs and exit statuses are compared with the first interpreter's. With --threads the script
gets each number as one more argument, last, and the scaling from the smallest number on is shown. What is piped or redirected
into the command is read once and given to every run. Ctrl-C ends it with the table of the rounds that are complete. The status is 0
when all outputs agree, 1 when they do not, 2 for wrong arguments, 130 after Ctrl-C.
"""
import json
import os
import select
import signal
import stat
import sys
import tempfile
import time

USAGE = 'usage: gila compare [--runs N] [--threads 1,2,4] [--html FILE] script.py [args]'


class Interpreter:
    def __init__(self, name, path, is_gila):
        self.name = name
        self.path = path
        self.is_gila = is_gila


class Run:
    """What one run of the script took: seconds, KiB, and the figures of the GIL (Gila's builds tell them)."""

    def __init__(self, wall, usage, status, output, figures):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss
        self.switches = usage.ru_nvcsw + usage.ru_nivcsw
        self.status = status
        self.output = output
        threads = figures['threads'] if figures else ()
        self.gil_waits = sum(t['waits'] for t in threads)
        self.gil_waited = sum(t['waiting_ns'] for t in threads) / 1e9
        self.forced = sum(t['forced_drops'] for t in threads)


def find_interpreters():
    """This binary, its sibling from the other build, and python3, as far as they are there."""
    own = os.path.realpath(sys.executable)
    folder = os.path.dirname(own)
    around = os.path.dirname(folder)
    found = []
    for name, binary, preset in (('gila', 'gila', 'gil'), ('gila-nogil', 'gila-nogil', 'nogil')):
        places = [os.path.join(folder, binary), os.path.join(around, preset, binary)]
        if os.path.basename(own) == binary:
            places.insert(0, own)
        path = next((p for p in places if os.access(p, os.X_OK) and os.path.isfile(p)), None) or _on_path(binary)
        if path:
            found.append(Interpreter(name, path, True))
    python = _on_path('python3.11') or _on_path('python3')
    if python:
        found.append(Interpreter('python3', python, False))
    return found


def _on_path(name):
    for folder in os.environ.get('PATH', '').split(os.pathsep):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def keep_input(scratch, tool):
    """The path of what every run reads: a copy of what is piped or redirected in; nothing from a terminal."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return os.devnull
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        return os.devnull
    if stat.S_ISFIFO(mode) and not select.select([0], [], [], 1)[0]:
        print(f'gila {tool}: waiting for the end of stdin, which every run is given', file=sys.stderr)
    path = os.path.join(scratch, 'input')
    with open(path, 'wb') as file:
        while piece := os.read(0, 1 << 16):
            file.write(piece)
    return path


def run_once(interpreter, arguments, scratch, input_path):
    """Run the script to its end; its output goes to a file, its errors with it."""
    figures_path = os.path.join(scratch, 'figures')
    output_path = os.path.join(scratch, 'output')
    command = [interpreter.path]
    if interpreter.is_gila:
        command.append('--gil-stats=' + figures_path)
    command += arguments
    sys.stdout.flush()
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            output = os.open(output_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(os.open(input_path, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.execv(command[0], command)
        finally:
            os._exit(127)
    try:
        _, status, usage = os.wait4(child, 0)
    except KeyboardInterrupt:
        # The terminal has told the script, too; whoever takes no notice is ended, and no second Ctrl-C disturbs what follows.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    wall = time.perf_counter() - begun
    with open(output_path, 'rb') as file:
        output = file.read()
    figures = None
    if interpreter.is_gila and os.path.exists(figures_path):
        with open(figures_path) as file:
            figures = json.load(file)
        os.unlink(figures_path)
    return Run(wall, usage, os.waitstatus_to_exitcode(status), output, figures)


class Progress:
    """On stderr: a bar when that is a terminal, else a line for each round."""

    def __init__(self, rounds, runs_in_round=1):
        self.rounds = rounds
        self.total = rounds * runs_in_round
        self.done = 0
        self.terminal = sys.stderr.isatty()

    def step(self, what):
        if self.terminal:
            filled = 30 * self.done // self.total
            sys.stderr.write(f'\r[{"#" * filled}{"." * (30 - filled)}] {self.done}/{self.total} {what[:30]:30}')
            sys.stderr.flush()
        self.done += 1

    def end_round(self, number):
        if not self.terminal:
            print(f'gila compare: round {number} of {self.rounds}', file=sys.stderr, flush=True)

    def end(self):
        if self.terminal:
            sys.stderr.write('\r' + ' ' * 78 + '\r')
            sys.stderr.flush()


def measure(interpreters, arguments, counts, runs):
    """({(interpreter's name, thread count or None): [Run, ...]}, complete rounds), in interleaved rounds."""
    results = {(i.name, count): [] for count in counts for i in interpreters}
    progress = Progress(runs, len(results))
    complete = 0
    with tempfile.TemporaryDirectory() as scratch:
        try:
            input_path = keep_input(scratch, 'compare')
            while complete < runs:
                for name, run in _round(interpreters, arguments, counts, scratch, input_path, progress):
                    results[name].append(run)
                complete += 1
                progress.end_round(complete)
        except KeyboardInterrupt:
            pass
        finally:
            progress.end()
    return {name: taken[:complete] for name, taken in results.items()}, complete


def _round(interpreters, arguments, counts, scratch, input_path, progress):
    for count in counts:
        extra = [] if count is None else [str(count)]
        for interpreter in interpreters:
            progress.step(interpreter.name if count is None else f'{interpreter.name}, {threads_of(count)}')
            yield (interpreter.name, count), run_once(interpreter, arguments + extra, scratch, input_path)


def threads_of(count):
    return f'{count} {"thread" if count == 1 else "threads"}'


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def differences(interpreters, counts, results):
    """Lines that say whose output or status is not the first interpreter's, or is another one at each run."""
    lines = []
    for count in counts:
        where = '' if count is None else f' with {threads_of(count)}'
        reference = interpreters[0].name
        expected = results[reference, count][0]
        for interpreter in interpreters:
            runs = results[interpreter.name, count]
            unsteady = next((run for run in runs if (run.status, run.output) != (runs[0].status, runs[0].output)), None)
            if unsteady is not None:
                lines.append(_difference(interpreter.name, 'another run', runs[0], unsteady, where))
            elif (runs[0].status, runs[0].output) != (expected.status, expected.output):
                lines.append(_difference(interpreter.name, reference, expected, runs[0], where))
    return lines


def _difference(name, other, expected, run, where):
    if run.status != expected.status:
        return f'{name} ended with status {run.status}{where}, {other} with {expected.status}'
    what = 'is not steady: one run printed something else' if other == 'another run' else 'printed something else'
    return f'{name} {what}{where}: {_first_difference(expected, run)}'


def findings(interpreters, counts, results):
    """(Do all agree?, lines that say so or what differs, and how the script failed.)"""
    wrong = differences(interpreters, counts, results)
    first = results[interpreters[0].name, counts[0]][0]
    if wrong:
        return False, wrong
    if len(interpreters) == 1:
        words = f'only {interpreters[0].name} is there: nothing to compare with'
    else:
        words = 'same output everywhere'
    if first.status == 0:
        return True, [words]
    last = first.output.rstrip().rpartition(b'\n')[2]
    failure = f'the script fails: every run ended with status {first.status}'
    return True, [words, failure + (f', {_shown(last)}' if last else '')]


def _first_difference(expected, run):
    ours, theirs = expected.output.splitlines(), run.output.splitlines()
    for number, (a, b) in enumerate(zip(ours, theirs), 1):
        if a != b:
            return f'line {number} is {_shown(b)}, not {_shown(a)}'
    return f'{len(theirs)} lines, not {len(ours)}'


def _shown(line):
    text = line.decode('utf-8', 'replace')
    return repr(text if len(text) <= 60 else text[:57] + '...')


def times_of(interpreters):
    """What the column `times` means."""
    return f'times: how many times as fast as {interpreters[-1].name}.'


HEAD = ('', 'wall', 'times', 'CPU', 'CPU/wall', 'peak MiB', 'switches', 'GIL waits', 'waited', 'forced')


def rows_of(interpreters, count, results):
    """The table's cells; `times` is how many times as fast as the last interpreter."""
    reference = median(r.wall for r in results[interpreters[-1].name, count])
    rows = []
    for interpreter in interpreters:
        runs = results[interpreter.name, count]
        wall, cpu = median(r.wall for r in runs), median(r.cpu for r in runs)
        row = [interpreter.name, f'{wall:.3f} s', f'{reference / wall:.2f}', f'{cpu:.3f} s', f'{cpu / wall:.2f}',
               f'{median(r.peak for r in runs) / 1024:.1f}', f'{median(r.switches for r in runs):.0f}']
        if interpreter.is_gila:
            row += [f'{median(r.gil_waits for r in runs):.0f}', f'{median(r.gil_waited for r in runs):.3f} s',
                    f'{median(r.forced for r in runs):.0f}']
        else:
            row += ['', '', '']
        rows.append(row)
    return rows


def print_table(head, rows):
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print('  '.join(cells).rstrip())


def scaling_rows(interpreters, counts, results):
    """How many times as fast as with the smallest count, for each interpreter."""
    for interpreter in interpreters:
        base = median(r.wall for r in results[interpreter.name, counts[0]])
        yield [interpreter.name] + [f'{base / median(r.wall for r in results[interpreter.name, count]):.2f}' for count in counts]


def report(interpreters, arguments, counts, results, runs):
    print(f'{" ".join(arguments)}: {medians_of(runs)}; {times_of(interpreters)}')
    for count in counts:
        if count is not None:
            print(f'\n{threads_of(count)}')
        print_table(HEAD, rows_of(interpreters, count, results))
    if len(counts) > 1:
        print('\nscaling')
        print_table(['', *map(str, counts)], list(scaling_rows(interpreters, counts, results)))
    same, words = findings(interpreters, counts, results)
    print()
    for line in missing(interpreters) + words:
        print(line)
    return same


def medians_of(runs):
    return 'one run of each' if runs == 1 else f'medians of {runs} interleaved runs'


def missing(interpreters):
    """What would be compared were it there."""
    there = {i.name for i in interpreters}
    hints = {'gila': './run.sh builds it', 'gila-nogil': './run.sh --nogil builds it', 'python3': 'it is not on the PATH'}
    return [f'without {name}: {hint}' for name, hint in hints.items() if name not in there]


def parse(arguments):
    """(runs, counts, page, script and its arguments), or None. Our options stand before the script or right after it."""
    settings = {'--runs': '3', '--threads': '', '--html': None}
    rest = list(arguments)
    script = []
    while rest and (rest[0].startswith('--') or not script):
        word = rest.pop(0)
        name, equals, value = word.partition('=')
        if name not in settings:
            if script:
                rest.insert(0, word)
                break
            if word.startswith('-'):
                return None
            script.append(word)
        elif equals or rest:
            settings[name] = value if equals else rest.pop(0)
        else:
            return None
    try:
        runs = int(settings['--runs'])
        counts = sorted({int(part) for part in settings['--threads'].split(',')}) if settings['--threads'] else [None]
    except ValueError:
        return None
    if not script or runs < 1 or counts[0] is not None and counts[0] < 1:
        return None
    return runs, counts, settings['--html'], script + rest


def refuse(words):
    print(f'gila compare: {words}', file=sys.stderr)
    return 2


def main(arguments):
    if arguments[:1] in (['-h'], ['--help']):
        print(USAGE)
        return 0
    parsed = parse(arguments)
    if parsed is None:
        print(USAGE, file=sys.stderr)
        return 2
    runs, counts, page, script = parsed
    if not os.path.isfile(script[0]):
        return refuse(f"there is no file '{script[0]}'")
    # Better now than after the last round.
    if page is not None and (os.path.isdir(page) or not os.access(os.path.dirname(page) or '.', os.W_OK)):
        return refuse(f"'{page}' cannot be written")
    interpreters = find_interpreters()
    results, complete = measure(interpreters, script, counts, runs)
    if complete == 0:
        print('gila compare: interrupted in the first round', file=sys.stderr)
        return 130
    same = report(interpreters, script, counts, results, complete)
    if page is not None:
        from _gila.compare_page import write
        write(page, interpreters, script, counts, results, complete)
    if complete < runs:
        print(f'gila compare: interrupted after {complete} of {runs} rounds', file=sys.stderr)
        return 130
    return 0 if same else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

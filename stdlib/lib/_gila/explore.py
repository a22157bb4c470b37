"""gila explore: runs a script under many schedules of its threads and shows which of them breaks it.

    gila explore [--runs N] [--seed S] [--timeout SECONDS] [--sort] [--library] script.py [args]

The script runs once for each seed, in the build with the lock, under -X schedule: one thread at a time, and the seed
decides where it is interrupted and who goes on (runtime/threads/schedule.h). Runs that print the same and end with the same status
have the same outcome; with --sort the order of the lines is no difference. With --library threads are interrupted in the library's
code, too. For each outcome but the most frequent one the simplest schedule that gave it is run again, and
shown: where a thread was stopped, and which one went on. The status is 0 when there is one outcome, 1 when there are more, 2
for wrong arguments.
"""
import linecache
import os
import re
import signal
import subprocess
import sys
import tempfile

from _gila.compare import Progress, find_interpreters, keep_input

USAGE = 'usage: gila explore [--runs N] [--seed S] [--timeout SECONDS] [--sort] [--library] script.py [args]'
DEEPEST = 3  # times that a thread falls behind, at most; most races need one or two
MOST_LINES, MOST_TURNS, MOST_OUTCOMES = 6, 12, 6
ADDRESS = re.compile(rb'0x[0-9a-f]+')


class Turn:
    """A thread stopped before an instruction, waits in it or has ended, and another one goes on. Thread 1 is the main thread."""

    def __init__(self, what, step, before, now, file, line, opcode):
        self.what, self.step, self.before, self.now = what, int(step), int(before), int(now)
        self.file, self.line, self.opcode = file, int(line), opcode

    def __str__(self):
        how = {'stops': f'stops before {self.opcode}', 'waits': 'waits', 'ends': 'ends'}[self.what]
        return f'{name(self.before)} {how}, {name(self.now)} goes on'


class Run:
    """One run under one schedule: what came out, and who had the turn."""

    def __init__(self, schedule, status, output, report):
        self.schedule, self.status, self.output = schedule, status, output
        self.turns, self.steps, self.exact = [], 0, True
        for line in report.splitlines():
            fields = line.split('\t')
            if fields[0] == 'done':
                self.steps, self.exact = int(fields[1]), fields[2] == 'exact'
            elif len(fields) == 7:
                self.turns.append(Turn(*fields))
                self.steps = self.turns[-1].step
        self.stops = sum(turn.what == 'stops' for turn in self.turns)

    def outcome(self, sort):
        """What two runs have in common that ended alike; addresses are no difference."""
        output = ADDRESS.sub(b'0x', self.output)
        return self.status, tuple(sorted(output.splitlines())) if sort else output


class Explorer:
    def __init__(self, binary, arguments, timeout, flags, scratch):
        self.binary, self.arguments, self.timeout = binary, arguments, timeout
        self.sort = '--sort' in flags
        self.options = ['-X', 'schedule_library'] if '--library' in flags else []
        self.input_path = keep_input(scratch, 'explore')
        self.report_path = os.path.join(scratch, 'report')

    def run(self, schedule):
        """The script under -X schedule=`schedule`; status None when it did not end in time."""
        with open(self.report_path, 'wb'):
            pass  # it is added to
        command = [self.binary, '-X', f'schedule={schedule}', '-X', f'schedule_report={self.report_path}', *self.options,
                   *self.arguments]
        # Sets of texts have the same order every time.
        environment = {'PYTHONHASHSEED': '0', **os.environ}
        with open(self.input_path, 'rb') as input_file, tempfile.TemporaryFile() as output:
            try:
                status = subprocess.run(command, stdin=input_file, stdout=output, stderr=subprocess.STDOUT,
                                        timeout=self.timeout, env=environment).returncode
            except subprocess.TimeoutExpired:
                status = None
            output.seek(0)
            printed = output.read()
        with open(self.report_path, encoding='utf-8', errors='replace') as report:
            return Run(schedule, status, printed, report.read())

    def shown_command(self, schedule):
        return ' '.join(['gila', '-X', f'schedule={schedule}', *self.options, *self.arguments])


def explore(explorer, first_seed, runs):
    """Every run, the first without a thread that falls behind: it tells how many steps there are."""
    progress = Progress(runs)
    progress.step('seed 0')
    found = [explorer.run('0')]
    steps = max(found[0].steps, 1)
    try:
        for i in range(runs - 1):
            seed = first_seed + i
            progress.step(f'seed {seed}')
            found.append(explorer.run(f'{seed},{i % (DEEPEST + 1)},{steps}'))
    except KeyboardInterrupt:
        pass  # what there is by now is shown
    finally:
        progress.end()
    return found


def by_outcome(found, sort):
    """Lists of runs with one outcome each, the most frequent first."""
    groups = {}
    for run in found:
        groups.setdefault(run.outcome(sort), []).append(run)
    return sorted(groups.values(), key=len, reverse=True)


def ending(status):
    if status is None:
        return 'did not end in time'
    if status < 0:
        return f'was ended by {signal.Signals(-status).name}'
    return f'ended with status {status}'


def show_output(run):
    lines = run.output.decode('utf-8', 'replace').splitlines() or ['(nothing)']
    for line in lines[:MOST_LINES]:
        print(f'    | {line}')
    if len(lines) > MOST_LINES:
        print(f'    | ... and {len(lines) - MOST_LINES} lines more')


def name(thread):
    return 'the main thread' if thread == 1 else f'thread {thread}'


def show_turns(run):
    """From the first time on that a thread was stopped."""
    first = next((i for i, turn in enumerate(run.turns) if turn.what == 'stops'), len(run.turns))
    shown = run.turns[first:first + MOST_TURNS]
    for number, turn in enumerate(shown, 1):
        if turn.line:
            source = linecache.getline(turn.file, turn.line).strip()
            print(f'  {number:2}. {os.path.basename(turn.file)}:{turn.line}  {source}')
            print(f'      {turn}')
        else:
            print(f'  {number:2}. {turn}')
    if len(run.turns) > first + MOST_TURNS:
        print(f'      ... and {len(run.turns) - first - MOST_TURNS} turns more')


def show_outcome(explorer, group):
    """The simplest run of a rarer outcome, and whether it comes again."""
    run = min(group, key=lambda one: (not one.exact, one.stops, len(one.turns)))
    again = explorer.run(run.schedule)
    same = again.outcome(explorer.sort) == run.outcome(explorer.sort) and again.stops == run.stops
    print(f'The simplest schedule for it: {explorer.shown_command(run.schedule)}')
    print('Run again, it came out the same.' if same else
          'Run again, it came out otherwise: the program depends on more than its schedule.')
    show_turns(run)


def report(explorer, found):
    groups = by_outcome(found, explorer.sort)
    print(f'{" ".join(explorer.arguments)}: {len(found)} schedules, '
          f'{len(groups)} {"outcome" if len(groups) == 1 else "different outcomes"}')
    for number, group in enumerate(groups[:MOST_OUTCOMES], 1):
        print(f'\nOutcome {number}, {len(group)} of {len(found)} schedules: {ending(group[0].status)}')
        show_output(group[0])
        if number > 1:
            show_outcome(explorer, group)
    if len(groups) > MOST_OUTCOMES:
        print(f'\n... and {len(groups) - MOST_OUTCOMES} outcomes more')
    inexact = sum(not run.exact for run in found)
    if inexact:
        print(f'\n{inexact} schedules waited for something outside of the program: they may come out otherwise another time.')
    return len(groups) == 1


def parse(arguments):
    """(runs, seed, timeout, flags, script and its arguments), or None."""
    settings = {'--runs': 200, '--seed': 1, '--timeout': 20}
    rest, flags = list(arguments), set()
    while rest and rest[0].startswith('-'):
        if rest[0] in ('--sort', '--library'):
            flags.add(rest.pop(0))
            continue
        option, equals, value = rest.pop(0).partition('=')
        if option not in settings or not (equals or rest):
            return None
        try:
            settings[option] = int(value if equals else rest.pop(0))
        except ValueError:
            return None
    if not rest or min(settings.values()) < 1:
        return None
    return *settings.values(), flags, rest


def main(arguments):
    parsed = parse(arguments)
    if parsed is None:
        print(USAGE, file=sys.stderr)
        return 2
    runs, seed, timeout, flags, script = parsed
    if not os.path.isfile(script[0]):
        print(f"gila explore: there is no file '{script[0]}'", file=sys.stderr)
        return 2
    binary = next((one.path for one in find_interpreters() if one.name == 'gila'), None)
    if binary is None:
        print('gila explore: the build with the lock is not there', file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        explorer = Explorer(binary, script, timeout, flags, scratch)
        found = explore(explorer, seed, runs)
        return 0 if report(explorer, found) else 1


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

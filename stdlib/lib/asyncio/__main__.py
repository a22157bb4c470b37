"""`-m asyncio`: a prompt with await; `ps PID` and `pstree PID`: the tasks of
a process that was started with -X inspect."""

import argparse
import ast
import code
import concurrent.futures
import inspect
import sys
import threading
import types
import warnings

import asyncio

from . import futures
from . import inspector


class Console(code.InteractiveConsole):
    """Reads in a thread of its own; what it reads runs in the loop."""

    def __init__(self, local_names, loop):
        super().__init__(local_names)
        self.compile.compiler.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.loop = loop
        self.running = None

    def runcode(self, compiled):
        outcome = concurrent.futures.Future()
        self.running = None
        self.loop.call_soon_threadsafe(self._start, compiled, outcome)
        try:
            return outcome.result()
        except SystemExit:
            raise
        except BaseException as exc:
            if isinstance(exc, KeyboardInterrupt):
                self.write("\nKeyboardInterrupt\n")
            else:
                self.showtraceback()

    def _start(self, compiled, outcome):
        function = types.FunctionType(compiled, self.locals)
        try:
            result = function()
            if not inspect.iscoroutine(result):
                outcome.set_result(result)
                return
            self.running = self.loop.create_task(result)
            futures._chain_future(self.running, outcome)
        except BaseException as exc:
            outcome.set_exception(exc)

    def interrupt(self):
        if self.running is not None and not self.running.done():
            self.running.cancel()


def run_prompt():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    names = {"__name__": __name__, "__package__": "", "asyncio": asyncio}
    console = Console(names, loop)
    prompt = getattr(sys, "ps1", ">>> ")
    banner = (f"asyncio REPL {sys.version} on {sys.platform}\n"
              'Use "await" directly instead of "asyncio.run()".\n'
              'Type "help", "copyright", "credits" or "license" for more '
              f"information.\n{prompt}import asyncio")

    def interact():
        try:
            console.interact(banner=banner, exitmsg="exiting asyncio REPL...")
        except SystemExit:
            pass
        finally:
            warnings.filterwarnings(
                "ignore", message=r"^coroutine .* was never awaited$",
                category=RuntimeWarning)
            loop.call_soon_threadsafe(loop.stop)

    threading.Thread(target=interact, daemon=True,
                     name="Interactive thread").start()
    while True:
        try:
            loop.run_forever()
        except KeyboardInterrupt:
            console.interrupt()
            continue
        break


def _frame_names(stack):
    return " -> ".join(name for name, _, _ in stack)


def print_table(rows):
    """One line for each pair of a task and one that waits for it."""
    by_id = {row["id"]: row for row in rows}
    print(f"{'tid':<10} {'task id':<20} {'task name':<20} "
          f"{'coroutine stack':<50} {'awaiter chain':<50} "
          f"{'awaiter name':<15} {'awaiter id':<15}")
    print("-" * 180)
    for row in rows:
        for waiter in row["awaited_by"] or [None]:
            other = by_id.get(waiter)
            print(f"{row['thread']:<10} {row['id']:<#20x} {row['name']:<20} "
                  f"{_frame_names(row['stack']):<50} "
                  f"{_frame_names(other['stack']) if other else '':<50} "
                  f"{other['name'] if other else '':<15} "
                  f"{waiter or 0:<#15x}")


def tree_lines(rows):
    """The tasks that nobody waits for, below each its stack from the outside
    in, and at the innermost place the tasks that it waits for."""
    children = {}
    for row in rows:
        for waiter in row["awaited_by"]:
            children.setdefault(waiter, []).append(row)
    shown = set()

    def branches(row, path):
        shown.add(row["id"])
        frames = [f" {name} {file}:{line}"
                  for name, file, line in reversed(row["stack"])]
        below = [(f"(T) {child['name']}", child)
                 for child in children.get(row["id"], ())]
        return frames, below, path | {row["id"]}

    def draw(label, row, prefix, last, path):
        yield prefix + ("└── " if last else "├── ") + label
        prefix += "    " if last else "│   "
        if row["id"] in path:
            yield prefix + "└── (cycle)"
            return
        frames, below, path = branches(row, path)
        for frame in frames:
            yield prefix + "└── " + frame
            prefix += "    "
        for place, (text, child) in enumerate(below):
            yield from draw(text, child, prefix, place == len(below) - 1,
                            path)

    roots = [row for row in rows if not row["awaited_by"]]
    for row in roots:
        yield from draw(f"(T) {row['name']}", row, "", True, frozenset())
    for row in rows:  # tasks that wait for each other in a circle
        if row["id"] not in shown:
            yield from draw(f"(T) {row['name']}", row, "", True, frozenset())


def main():
    parser = argparse.ArgumentParser(
        prog="python3 -m asyncio",
        description="Interactive asyncio shell and tools for a process that "
                    "was started with -X inspect")
    commands = parser.add_subparsers(dest="command")
    for name, words in (("ps", "a table of all tasks of a process"),
                        ("pstree", "its tasks as a tree of who waits")):
        command = commands.add_parser(name, help=words)
        command.add_argument("pid", type=int, help="the number of a process")
    options = parser.parse_args()
    if options.command is None:
        run_prompt()
        return
    try:
        rows = inspector.ask(options.pid)
    except OSError as exc:
        sys.exit(f"process {options.pid} does not answer ({exc.strerror}); "
                 "was it started with -X inspect?")
    if options.command == "ps":
        print_table(rows)
    else:
        print(*tree_lines(rows), sep="\n")


if __name__ == "__main__":
    main()

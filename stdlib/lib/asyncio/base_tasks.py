"""How tasks and their stacks are shown."""

import linecache
import reprlib
import sys
import traceback

from . import base_futures
from . import coroutines


def _task_repr_info(task):
    info = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        info[0] = "cancelling"
    extra = [f"name={task.get_name()!r}"]
    if task._coro is not None:
        extra.append(f"coro=<{coroutines._format_coroutine(task._coro)}>")
    if task._fut_waiter is not None:
        extra.append(f"wait_for={task._fut_waiter!r}")
    info[1:1] = extra
    return info


@reprlib.recursive_repr()
def _task_repr(task):
    return f"<{type(task).__name__} {' '.join(task._repr_info())}>"


def _task_frame(coro):
    for name in ("cr_frame", "gi_frame", "ag_frame"):
        if hasattr(coro, name):
            return getattr(coro, name)
    return None


def _task_get_stack(task, limit):
    """The frames the task is suspended in, or those of its traceback."""
    frames = []
    exc = task._exception
    frame = _task_frame(task._coro)
    if frame is not None:
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
    elif exc is not None:
        entry = exc.__traceback__
        while entry is not None and (limit is None or len(frames) < limit):
            frames.append(entry.tb_frame)
            entry = entry.tb_next
    return frames


def _task_print_stack(task, limit, file):
    """Prints the stack, or the traceback, of the task's coroutine."""
    entries = []
    for frame in task.get_stack(limit=limit):
        name = frame.f_code.co_filename
        linecache.checkcache(name)
        line = linecache.getline(name, frame.f_lineno, frame.f_globals)
        entries.append((name, frame.f_lineno, frame.f_code.co_name, line))
    exc = task._exception
    if not entries:
        print(f"No stack for {task!r}", file=file)
    else:
        what = "Stack" if exc is None else "Traceback"
        print(f"{what} for {task!r} (most recent call last):", file=file)
    traceback.print_list(entries, file=file)
    if exc is not None:
        for line in traceback.format_exception_only(type(exc), exc):
            print(line, file=file, end="")

"""What counts as a coroutine for asyncio, and how it is shown in messages."""

import collections.abc
import inspect
import os
import sys
import types

__all__ = ("iscoroutinefunction", "iscoroutine")

# A mark that makes a plain callable pass for a coroutine function.
_is_coroutine = object()


def _is_debug_mode():
    return sys.flags.dev_mode or (
        not sys.flags.ignore_environment
        and bool(os.environ.get("PYTHONASYNCIODEBUG")))


def iscoroutinefunction(func):
    """True when calling `func` gives a coroutine."""
    return (inspect.iscoroutinefunction(func)
            or getattr(func, "_is_coroutine", None) is _is_coroutine)


def iscoroutine(obj):
    """True for coroutines, generator-based ones included."""
    kind = type(obj)
    return (kind is types.CoroutineType
            or isinstance(obj, (types.CoroutineType, types.GeneratorType,
                                collections.abc.Coroutine)))


def _format_coroutine(coro):
    """`name() running at file:line`, for the repr of tasks."""
    is_native = hasattr(coro, "cr_code")
    if not is_native and not hasattr(coro, "gi_code"):
        name = getattr(coro, "__qualname__", None) or (
            f"<{type(coro).__name__} without __name__>")
        running = getattr(coro, "cr_running", False)
        return f"{name}() running" if running else f"{name}()"
    code = coro.cr_code if is_native else coro.gi_code
    frame = coro.cr_frame if is_native else coro.gi_frame
    name = f"{coro.__qualname__}()"
    if code is None:
        return name
    if frame is None:
        return (f"{name} done, defined at "
                f"{code.co_filename}:{code.co_firstlineno}")
    # One that has not started yet stands at its definition.
    is_new = (is_native
              and inspect.getcoroutinestate(coro) == inspect.CORO_CREATED)
    line = code.co_firstlineno if is_new else frame.f_lineno
    return f"{name} running at {code.co_filename}:{line}"

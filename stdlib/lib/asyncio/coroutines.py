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
    name = (getattr(coro, "__qualname__", None)
            or getattr(coro, "__name__", None)
            or f"<{type(coro).__name__} without __name__>") + "()"
    prefix = "cr" if hasattr(coro, "cr_code") else "gi"
    code = getattr(coro, f"{prefix}_code", None)
    if code is None:  # compiled: what it stands at is not known
        running = (getattr(coro, "cr_running", False)
                   or getattr(coro, "gi_running", False))
        return f"{name} running" if running else name
    frame = getattr(coro, f"{prefix}_frame", None)
    file = code.co_filename or "<empty co_filename>"
    if frame is None:
        return f"{name} done, defined at {file}:{code.co_firstlineno}"
    # One that has not started yet stands at its definition.
    is_new = (prefix == "cr"
              and inspect.getcoroutinestate(coro) == inspect.CORO_CREATED)
    line = code.co_firstlineno if is_new else frame.f_lineno
    return f"{name} running at {file}:{line}"

"""How callbacks, handles and stacks are shown in reprs and messages.

The native Handle and loop (_asyncio) call the functions here whose names
begin with an underscore; nothing of this runs while all goes well.
"""

import functools
import inspect
import reprlib
import sys
import traceback

from . import constants


def _get_function_source(function):
    """(file, line) of the code behind a callable, or None."""
    function = inspect.unwrap(function)
    if inspect.isfunction(function):
        code = function.__code__
        return code.co_filename, code.co_firstlineno
    if isinstance(function, (functools.partial, functools.partialmethod)):
        return _get_function_source(function.func)
    return None


def _format_args_and_kwargs(args, kwargs):
    items = [reprlib.repr(arg) for arg in args or ()]
    items.extend(f"{key}={reprlib.repr(value)}"
                 for key, value in (kwargs or {}).items())
    return f"({', '.join(items)})"


def _format_callback(function, args, kwargs, suffix=""):
    if isinstance(function, functools.partial):
        inner = _format_args_and_kwargs(args, kwargs) + suffix
        return _format_callback(function.func, function.args,
                                function.keywords, inner)
    name = (getattr(function, "__qualname__", None)
            or getattr(function, "__name__", None) or repr(function))
    return name + _format_args_and_kwargs(args, kwargs) + suffix


def _format_callback_source(function, args):
    """`name(arguments) at file:line`."""
    text = _format_callback(function, args, None)
    source = _get_function_source(function)
    if source:
        text += f" at {source[0]}:{source[1]}"
    return text


def extract_stack(f=None, limit=None):
    """The stack at `f` (the caller), oldest first, without source lines."""
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f),
                                           limit=limit, lookup_lines=False)
    stack.reverse()
    return stack


def _handle_repr_info(handle):
    info = [type(handle).__name__]
    if handle._cancelled:
        info.append("cancelled")
    when = getattr(handle, "_when", None)
    if when is not None:
        info.append(f"when={when}")
    if handle._callback is not None:
        info.append(_format_callback_source(handle._callback, handle._args))
    stack = handle._source_traceback
    if stack:
        info.append(f"created at {stack[-1][0]}:{stack[-1][1]}")
    return info


def _handle_repr(handle):
    if handle._repr is not None:
        return handle._repr
    return f"<{' '.join(handle._repr_info())}>"


def _report_callback(handle, exc):
    """The callback of `handle` raised `exc`: tells the loop's handler."""
    words = _format_callback_source(handle._callback, handle._args)
    context = {
        "message": f"Exception in callback {words}",
        "exception": exc,
        "handle": handle,
    }
    if handle._source_traceback:
        context["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(context)


def _report_step(task, exc):
    """The step of a task went wrong outside of its coroutine."""
    task.get_loop().call_exception_handler({
        "message": f"Exception in callback Task.step of {task!r}",
        "exception": exc,
        "task": task,
    })


def _report_slow(entry, seconds):
    """Debug mode: a call kept the loop from turning."""
    owner = getattr(getattr(entry, "_callback", None), "__self__", None)
    if hasattr(owner, "_fut_waiter"):
        entry = owner  # a task's own method: the task says more
    from . import base_events
    base_events.logger.warning("Executing %s took %.3f seconds", repr(entry),
                               seconds)

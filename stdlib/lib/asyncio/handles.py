"""Handle and TimerHandle: a call that the loop is to make, and its words."""

import contextvars
import functools
import inspect
import reprlib

__all__ = ("Handle", "TimerHandle")

_copy_context = contextvars.copy_context


def _source_of(function):
    function = inspect.unwrap(function)
    if inspect.isfunction(function):
        code = function.__code__
        return code.co_filename, code.co_firstlineno
    if isinstance(function, (functools.partial, functools.partialmethod)):
        return _source_of(function.func)
    return None


def _describe_call(function, args, kwargs, suffix=""):
    if isinstance(function, functools.partial):
        inner = _describe_arguments(args, kwargs) + suffix
        return _describe_call(function.func, function.args,
                              function.keywords, inner)
    name = (getattr(function, "__qualname__", None)
            or getattr(function, "__name__", None) or repr(function))
    return name + _describe_arguments(args, kwargs) + suffix


def _describe_arguments(args, kwargs):
    items = [reprlib.repr(arg) for arg in args]
    items.extend(f"{key}={reprlib.repr(value)}"
                 for key, value in (kwargs or {}).items())
    return f"({', '.join(items)})"


def describe_callback(function, args):
    """`name(arguments) at file:line`, as reprs and messages show it."""
    text = _describe_call(function, args, None)
    source = _source_of(function)
    if source:
        text += f" at {source[0]}:{source[1]}"
    return text


class Handle:
    """A callback with its arguments and context, until it is called."""

    __slots__ = ("_callback", "_args", "_cancelled", "_loop", "_context",
                 "__weakref__")

    def __init__(self, callback, args, loop, context=None):
        self._context = _copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False

    def _repr_info(self):
        info = [type(self).__name__]
        if self._cancelled:
            info.append("cancelled")
        if self._callback is not None:
            info.append(describe_callback(self._callback, self._args))
        return info

    def __repr__(self):
        return f"<{' '.join(self._repr_info())}>"

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = None
            self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": "Exception in callback "
                           + describe_callback(self._callback, self._args),
                "exception": exc,
                "handle": self,
            })


class TimerHandle(Handle):
    """A Handle that is due at a time of the loop's clock."""

    __slots__ = ("_when", "_scheduled")

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        info = super()._repr_info()
        info.insert(2 if self._cancelled else 1, f"when={self._when}")
        return info

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when or self == other
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when or self == other
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, TimerHandle):
            return (self._when == other._when
                    and self._callback == other._callback
                    and self._args == other._args
                    and self._cancelled == other._cancelled)
        return NotImplemented

    def when(self):
        """The time, by the loop's clock, at which the call is due."""
        return self._when

    def cancel(self):
        if not self._cancelled and self._scheduled:
            self._loop._timer_cancelled()
        super().cancel()

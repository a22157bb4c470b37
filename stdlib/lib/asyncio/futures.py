"""Future: a result that is not there yet, for one event loop.

A Future belongs to one loop and is used in that loop's thread only, so it
needs no lock. Callbacks always run through the loop, never at once.
"""

import concurrent.futures
import contextvars
import reprlib
import types

from . import events
from . import exceptions

__all__ = ("Future", "wrap_future", "isfuture")

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"

_copy_context = contextvars.copy_context


def isfuture(obj):
    """True for asyncio Futures and whatever says that it behaves like one."""
    return (hasattr(obj.__class__, "_asyncio_future_blocking")
            and obj._asyncio_future_blocking is not None)


def _creation_stack():
    """Where a future is made, outside this package (debug mode only)."""
    import sys
    import traceback
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get(
            "__package__") == __package__:
        frame = frame.f_back
    return traceback.StackSummary.extract(traceback.walk_stack(frame),
                                          limit=10, lookup_lines=False)[::-1]


class Future:
    """A value to come; `await` it, or ask to be called when it is there."""

    __slots__ = ("_loop", "_state", "_result", "_exception", "_callbacks",
                 "_cancel_message", "_asyncio_future_blocking",
                 "_log_traceback", "_traceback", "_source_traceback",
                 "__weakref__", "__dict__")

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._state = _PENDING
        self._result = None
        self._exception = None
        self._callbacks = []
        self._cancel_message = None
        self._asyncio_future_blocking = False
        self._log_traceback = False
        self._traceback = None
        self._source_traceback = (_creation_stack() if self._loop.get_debug()
                                  else None)

    def __del__(self):
        try:
            if not self._log_traceback:
                return
        except AttributeError:  # __init__ did not run to its end
            return
        context = {
            "message": f"{type(self).__name__} exception was never retrieved",
            "exception": self._exception,
            "future": self,
        }
        if self._source_traceback:
            context["source_traceback"] = self._source_traceback
        self._loop.call_exception_handler(context)

    def __repr__(self):
        return f"<{type(self).__name__} {' '.join(self._repr_info())}>"

    @reprlib.recursive_repr()
    def _repr_result(self):
        return reprlib.repr(self._result)

    def _repr_info(self):
        info = [self._state.lower()]
        if self._state == _FINISHED:
            if self._exception is not None:
                info.append(f"exception={self._exception!r}")
            else:
                info.append(f"result={self._repr_result()}")
        if self._callbacks:
            info.append(_format_callbacks(self._callbacks))
        if self._source_traceback:
            frame = self._source_traceback[-1]
            info.append(f"created at {frame[0]}:{frame[1]}")
        return info

    __class_getitem__ = classmethod(types.GenericAlias)

    def get_loop(self):
        """The loop this future belongs to."""
        return self._loop

    def cancelled(self):
        return self._state == _CANCELLED

    def done(self):
        return self._state != _PENDING

    def cancel(self, msg=None):
        """Cancels the future; False when it is done already."""
        self._log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule_callbacks()
        return True

    def _make_cancelled_error(self):
        """The error to raise for this cancellation (kept once raised)."""
        kept = self._exception
        if kept is not None:
            self._exception = None
            return kept
        if self._cancel_message is None:
            return exceptions.CancelledError()
        return exceptions.CancelledError(self._cancel_message)

    def result(self):
        """The result; raises the exception there is instead of one."""
        if self._state == _FINISHED:
            self._log_traceback = False
            if self._exception is not None:
                raise self._exception.with_traceback(self._traceback)
            return self._result
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        raise exceptions.InvalidStateError("Result is not set.")

    def exception(self):
        """The exception, or None when the future has a result."""
        if self._state == _FINISHED:
            self._log_traceback = False
            return self._exception
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        raise exceptions.InvalidStateError("Exception is not set.")

    def set_result(self, result):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        if self._callbacks:
            self._schedule_callbacks()

    def set_exception(self, exception):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators "
                            "and cannot be raised into a Future")
        self._exception = exception
        self._traceback = exception.__traceback__
        self._state = _FINISHED
        self._log_traceback = True
        if self._callbacks:
            self._schedule_callbacks()

    def add_done_callback(self, fn, *, context=None):
        """Has `fn(self)` called through the loop once the future is done."""
        if context is None:
            context = _copy_context()
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Takes every callback equal to `fn` away; says how many."""
        kept = [pair for pair in self._callbacks if pair[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def _schedule_callbacks(self):
        callbacks = self._callbacks
        if callbacks:
            self._callbacks = []
            call_soon = self._loop.call_soon
            for fn, context in callbacks:
                call_soon(fn, self, context=context)

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self
        if self._state == _PENDING:
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


def _format_callbacks(callbacks):
    from .handles import describe_callback
    shown = [describe_callback(fn, ()) for fn, _ in callbacks[:1]]
    if len(callbacks) == 2:
        shown.append(describe_callback(callbacks[1][0], ()))
    elif len(callbacks) > 2:
        shown.append(f"<{len(callbacks) - 2} more>")
        shown.append(describe_callback(callbacks[-1][0], ()))
    return f"cb=[{', '.join(shown)}]"


def _set_result_unless_cancelled(future, result):
    if not future.done():
        future.set_result(result)


def _to_asyncio_exception(exc):
    if type(exc) is concurrent.futures.CancelledError:
        return exceptions.CancelledError(*exc.args)
    if type(exc) is concurrent.futures.InvalidStateError:
        return exceptions.InvalidStateError(*exc.args)
    return exc


def _copy_future_state(source, target):
    """Gives a done concurrent future's outcome to an asyncio one."""
    if target.done():
        return
    if source.cancelled():
        target.cancel()
        return
    exc = source.exception()
    if exc is not None:
        target.set_exception(_to_asyncio_exception(exc))
    else:
        target.set_result(source.result())


def _copy_to_concurrent(source, target):
    """Gives a done asyncio future's outcome to a concurrent one."""
    if source.cancelled():
        target.cancel()
    if not target.set_running_or_notify_cancel():
        return
    exc = source.exception()
    if exc is not None:
        target.set_exception(exc)
    else:
        target.set_result(source.result())


def _copy_outcome(source, target):
    if isfuture(target):
        _copy_future_state(source, target)
    else:
        _copy_to_concurrent(source, target)


def _chain_future(source, target):
    """Ties two futures (asyncio or concurrent): outcome on, cancel back."""
    for name, item in (("source", source), ("destination", target)):
        if not isfuture(item) and not isinstance(
                item, concurrent.futures.Future):
            raise TypeError(f"A future is required for {name} argument")
    source_loop = source.get_loop() if isfuture(source) else None
    target_loop = target.get_loop() if isfuture(target) else None

    def on_target_done(target):
        if target.cancelled():
            if source_loop is None or source_loop is target_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def on_source_done(source):
        if (target.cancelled() and target_loop is not None
                and target_loop.is_closed()):
            return
        if target_loop is None or target_loop is source_loop:
            _copy_outcome(source, target)
        elif not target_loop.is_closed():
            target_loop.call_soon_threadsafe(_copy_outcome, source, target)

    target.add_done_callback(on_target_done)
    source.add_done_callback(on_source_done)


def wrap_future(future, *, loop=None):
    """An asyncio Future that follows a concurrent.futures one."""
    if isfuture(future):
        return future
    if not isinstance(future, concurrent.futures.Future):
        raise AssertionError("concurrent.futures.Future is expected, "
                             f"got {future!r}")
    if loop is None:
        loop = events.get_event_loop()
    wrapped = loop.create_future()
    _chain_future(future, wrapped)
    return wrapped

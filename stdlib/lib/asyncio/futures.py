"""Futures: the class is native (_asyncio); here is what ties futures of
different kinds together.

A Future belongs to one loop and is used in that loop's thread only.
Callbacks always run through the loop, never at once.
"""

import concurrent.futures

from _asyncio import Future, isfuture

from . import base_futures
from . import events
from . import exceptions

__all__ = ("Future", "wrap_future", "isfuture")

_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED
# There is one implementation; tools ask for it under these names too.
_CFuture = _PyFuture = Future


def _get_loop(future):
    """The loop of a future, which may be of an older kind."""
    try:
        get_loop = future.get_loop
    except AttributeError:
        return future._loop
    return get_loop()


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
    source_loop = _get_loop(source) if isfuture(source) else None
    target_loop = _get_loop(target) if isfuture(target) else None

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

"""Waiting for several futures: gather, wait, wait_for, as_completed, shield;
and the ways from and to threads."""

import concurrent.futures
import contextvars
import functools

from . import coroutines
from . import events
from . import exceptions
from . import futures
from . import tasks

__all__ = ("gather", "wait", "wait_for", "as_completed", "shield",
           "run_coroutine_threadsafe", "to_thread",
           "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")

FIRST_COMPLETED = concurrent.futures.FIRST_COMPLETED
FIRST_EXCEPTION = concurrent.futures.FIRST_EXCEPTION
ALL_COMPLETED = concurrent.futures.ALL_COMPLETED


def _reject_single(items):
    if futures.isfuture(items) or coroutines.iscoroutine(items):
        raise TypeError("expect a list of futures, not "
                        f"{type(items).__name__}")


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Waits for the futures; gives the sets (done, pending)."""
    _reject_single(fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(item) for item in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks "
                        "explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    # The loop turns once even when all are done: their other callbacks have run when the wait is over.
    left = len(fs)
    waiter = loop.create_future()

    def on_done(future):
        nonlocal left
        left -= 1
        if (left <= 0 or return_when == FIRST_COMPLETED
                or return_when == FIRST_EXCEPTION and _failed(future)):
            futures._set_result_unless_cancelled(waiter, None)

    timer = None
    if timeout is not None:
        timer = loop.call_later(
            timeout, futures._set_result_unless_cancelled, waiter, None)
    for future in fs:
        future.add_done_callback(on_done)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(on_done)
    done = {future for future in fs if future.done()}
    return done, fs - done


def _failed(future):
    return not future.cancelled() and future.exception() is not None


async def _cancel_and_wait(future, loop):
    """Cancels `future` and waits until it really is done."""
    waiter = loop.create_future()

    def on_done(_):
        futures._set_result_unless_cancelled(waiter, None)

    future.add_done_callback(on_done)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(on_done)


def _result_or_timeout(future):
    try:
        return future.result()
    except exceptions.CancelledError as exc:
        raise TimeoutError() from exc


async def wait_for(fut, timeout):
    """The result of `fut`, which is cancelled after `timeout` seconds."""
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        future = tasks.ensure_future(fut, loop=loop)
        if future.done():
            return future.result()
        await _cancel_and_wait(future, loop)
        return _result_or_timeout(future)

    waiter = loop.create_future()
    timer = loop.call_later(timeout, futures._set_result_unless_cancelled,
                            waiter, None)

    def on_done(_):
        futures._set_result_unless_cancelled(waiter, None)

    future = tasks.ensure_future(fut, loop=loop)
    future.add_done_callback(on_done)
    try:
        try:
            await waiter
        except exceptions.CancelledError:
            if future.done():
                return future.result()
            future.remove_done_callback(on_done)
            await _cancel_and_wait(future, loop)
            raise
        if future.done():
            return future.result()
        future.remove_done_callback(on_done)
        await _cancel_and_wait(future, loop)
        return _result_or_timeout(future)
    finally:
        timer.cancel()


def as_completed(fs, *, timeout=None):
    """Coroutines that give the results in the order they come."""
    _reject_single(fs)
    from .queues import Queue
    loop = events.get_event_loop()
    waiting = {tasks.ensure_future(item, loop=loop) for item in set(fs)}
    finished = Queue()
    timer = None

    def on_timeout():
        for future in waiting:
            future.remove_done_callback(on_done)
            finished.put_nowait(None)
        waiting.clear()

    def on_done(future):
        if not waiting:
            return
        waiting.discard(future)
        finished.put_nowait(future)
        if not waiting and timer is not None:
            timer.cancel()

    async def next_result():
        future = await finished.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result()

    for future in waiting:
        future.add_done_callback(on_done)
    if waiting and timeout is not None:
        timer = loop.call_later(timeout, on_timeout)
    for _ in range(len(waiting)):
        yield next_result()


class _GatheringFuture(futures.Future):
    """The outer future of gather(): cancelling it cancels the children."""

    __slots__ = ("_children", "_cancel_requested")

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            # Cancelled only once the children are: they may refuse.
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the list of all results, in the order of arguments."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer

    children = []
    by_argument = {}
    loop = None
    for argument in coros_or_futures:
        child = by_argument.get(argument)
        if child is None:
            child = tasks.ensure_future(argument, loop=loop)
            if loop is None:
                loop = child.get_loop()
            if child is not argument:
                child._log_destroy_pending = False
            by_argument[argument] = child
        children.append(child)
    distinct = list(by_argument.values())
    left = len(distinct)
    outer = None

    def on_done(child):
        nonlocal left
        left -= 1
        if outer is None or outer.done():
            if not child.cancelled():
                child.exception()  # counts as retrieved
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            exc = child.exception()
            if exc is not None:
                outer.set_exception(exc)
                return
        if left == 0:
            if return_exceptions:
                results = [_outcome(item) for item in children]
            else:
                results = [item.result() for item in children]
            if outer._cancel_requested:
                outer.set_exception(child._make_cancelled_error())
            else:
                outer.set_result(results)

    for child in distinct:
        child.add_done_callback(on_done)
    outer = _GatheringFuture(children, loop=loop)
    return outer


def _outcome(future):
    if future.cancelled():
        message = future._cancel_message
        return exceptions.CancelledError("" if message is None else message)
    exc = future.exception()
    return future.result() if exc is None else exc


def shield(arg):
    """A future like `arg`, whose cancellation does not reach `arg`."""
    inner = tasks.ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def on_inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()  # counts as retrieved
        elif inner.cancelled():
            outer.cancel()
        else:
            exc = inner.exception()
            if exc is not None:
                outer.set_exception(exc)
            else:
                outer.set_result(inner.result())

    def on_outer_done(_):
        if not inner.done():
            inner.remove_done_callback(on_inner_done)

    inner.add_done_callback(on_inner_done)
    outer.add_done_callback(on_outer_done)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Has `loop`, of another thread, run `coro`: a concurrent Future."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = concurrent.futures.Future()

    def start():
        try:
            futures._chain_future(tasks.ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(start)
    return future


async def to_thread(func, /, *args, **kwargs):
    """The result of `func`, called in a thread of the default executor."""
    loop = events.get_running_loop()
    context = contextvars.copy_context()
    call = functools.partial(context.run, func, *args, **kwargs)
    return await loop.run_in_executor(None, call)

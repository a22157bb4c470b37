"""Futures, and waiting for many of them."""
import threading
import time
import types
from collections import namedtuple

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'  # the worker has seen that it was cancelled
FINISHED = 'FINISHED'

_STATE_NAMES = {PENDING: 'pending', RUNNING: 'running', CANCELLED: 'cancelled', CANCELLED_AND_NOTIFIED: 'cancelled',
                FINISHED: 'finished'}
_DONE_STATES = (CANCELLED_AND_NOTIFIED, FINISHED)


class _LazyLogger:
    # logging is imported when there is something to log.
    def __getattr__(self, name):
        import logging
        return getattr(logging.getLogger('concurrent.futures'), name)


LOGGER = _LazyLogger()


class Error(Exception):
    """What all errors of futures derive from."""


class CancelledError(Error):
    """The Future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """
    Raised when a executor has become non-functional after a severe failure.
    """


class _Waiter:
    """Counts the futures that are to finish yet, and says when enough did."""

    def __init__(self, left, stop_on_exception=False):
        self.lock = threading.Lock()
        self.event = threading.Event()
        self.finished_futures = []
        self.left = left
        self.stop_on_exception = stop_on_exception

    def done(self, future, failed):
        with self.lock:
            self.finished_futures.append(future)
            self.left -= 1
            if self.left <= 0 or (failed and self.stop_on_exception):
                self.event.set()

    # The names that a future's worker calls.
    def add_result(self, future):
        self.done(future, False)

    def add_exception(self, future):
        self.done(future, True)

    def add_cancelled(self, future):
        self.done(future, False)


class _AllHeld:
    """Holds the conditions of several futures, always taken in the same order."""

    def __init__(self, futures):
        self.futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()

    def __exit__(self, *exc_info):
        for future in self.futures:
            future._condition.release()


def _forget(waiter, futures):
    for future in futures:
        with future._condition:
            future._waiters.remove(waiter)


DoneAndNotDoneFutures = namedtuple('DoneAndNotDoneFutures', 'done not_done')


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures: two sets, those that are done and the others."""
    fs = set(fs)
    with _AllHeld(fs):
        done = {f for f in fs if f._state in _DONE_STATES}
        not_done = fs - done
        if return_when == FIRST_COMPLETED:
            enough = bool(done)
        elif return_when == FIRST_EXCEPTION:
            enough = any(f for f in done if not f.cancelled() and f.exception() is not None)
        else:
            enough = False
        if enough or not not_done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError('Invalid return condition: %r' % return_when)
        waiter = _Waiter(1 if return_when == FIRST_COMPLETED else len(not_done), return_when == FIRST_EXCEPTION)
        for future in not_done:
            future._waiters.append(waiter)
    waiter.event.wait(timeout)
    _forget(waiter, not_done)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    """The futures, one after the other, as they finish."""
    deadline = None if timeout is None else time.monotonic() + timeout
    fs = set(fs)
    total = len(fs)
    with _AllHeld(fs):
        ready = [f for f in fs if f._state in _DONE_STATES]
        pending = fs.difference(ready)
        waiter = _Waiter(1)
        for future in pending:
            future._waiters.append(waiter)
    try:
        while True:
            ready.reverse()
            while ready:
                future = ready.pop()
                fs.discard(future)
                if future in pending:
                    with future._condition:
                        future._waiters.remove(waiter)
                    pending.discard(future)
                handed_out = [future]
                del future
                yield handed_out.pop()  # the generator does not keep alive what it hands out
            if not pending:
                return
            rest = None
            if deadline is not None:
                rest = deadline - time.monotonic()
                if rest < 0:
                    raise TimeoutError('%d (of %d) futures unfinished' % (len(pending), total))
            waiter.event.wait(rest)
            with waiter.lock:
                ready, waiter.finished_futures = waiter.finished_futures, []
                waiter.left = 1
                waiter.event.clear()
    finally:
        _forget(waiter, pending)


# The states of a call that was cancelled, and those in which it is over.
_GONE = frozenset({CANCELLED, CANCELLED_AND_NOTIFIED})
_OVER = _GONE | {FINISHED}


class Future:
    """The result of a call that is made elsewhere, perhaps later."""

    def __init__(self):
        self._state, self._condition = PENDING, threading.Condition()
        self._result = self._exception = None
        # Who waits for several futures, and functions to be called at the end.
        self._waiters, self._done_callbacks = [], []

    def __repr__(self):
        with self._condition:
            words = [_STATE_NAMES[self._state]]
            if self._state == FINISHED:
                outcome = self._exception or self._result
                words += ['raised' if self._exception else 'returned', type(outcome).__name__]
            return f"<{type(self).__name__} at {id(self):#x} state={' '.join(words)}>"

    # --- what there is to know ---

    def _is(self, states):
        with self._condition:
            return self._state in states

    def running(self):
        """Is the call being made at this moment?"""
        return self._is({RUNNING})

    def cancelled(self):
        """Was the call cancelled?"""
        return self._is(_GONE)

    def done(self):
        """Was the call cancelled or has it ended?"""
        return self._is(_OVER)

    def _await_end(self, timeout):
        """Waits until the call has returned or raised; called with the condition held."""
        if self._state in (PENDING, RUNNING):
            self._condition.wait(timeout)
        if self._state != FINISHED:
            raise CancelledError() if self._state in _GONE else TimeoutError()

    def result(self, timeout=None):
        """What the call returned; what it raised is raised."""
        try:
            with self._condition:
                self._await_end(timeout)
                if self._exception is None:
                    return self._result
                raise self._exception
        finally:
            # The traceback of the exception holds this frame: it must not hold the future in return.
            self = None

    def exception(self, timeout=None):
        """What the call raised; None when it returned."""
        with self._condition:
            self._await_end(timeout)
            return self._exception

    # --- what there is to do ---

    def cancel(self):
        """Cancel the call if it has not begun; False when it has."""
        with self._condition:
            if self._state != PENDING:
                return self._state in _GONE
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def add_done_callback(self, fn):
        """Call fn(future) when the future is done; at once when it is already."""
        with self._condition:
            if self._state not in _OVER:
                self._done_callbacks.append(fn)
                return
        self._call_back(fn)

    def _invoke_callbacks(self):
        for fn in self._done_callbacks:
            self._call_back(fn)

    def _call_back(self, fn):
        try:
            fn(self)
        except Exception:
            LOGGER.exception('exception calling callback for %r', self)

    # --- for executors and tests ---

    def set_running_or_notify_cancel(self):
        """Mark the call as begun. False when it was cancelled before: then it must not be made."""
        with self._condition:
            match self._state:
                case 'PENDING':
                    self._state = RUNNING
                    return True
                case 'CANCELLED':
                    self._state = CANCELLED_AND_NOTIFIED
                    for each in self._waiters:
                        each.add_cancelled(self)
                    return False
            LOGGER.critical('Future %s in unexpected state: %s', id(self), self._state)
            raise RuntimeError('Future in unexpected state')

    def set_result(self, result):
        """Set what the call returned."""
        self._finish(result, None)

    def set_exception(self, exception):
        """Set what the call raised."""
        self._finish(None, exception)

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _OVER:
                raise InvalidStateError(f'{self._state}: {self!r}')
            self._state, self._result, self._exception = FINISHED, result, exception
            for each in self._waiters:
                (each.add_result if exception is None else each.add_exception)(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    __class_getitem__ = classmethod(types.GenericAlias)


class Executor:
    """What takes calls: the abstract base of the pools."""

    def submit(self, fn, /, *args, **kwargs):
        """Have fn(*args, **kwargs) called; a future for its result."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """An iterator of fn(item, ...) for the items of the iterables, in their order."""
        deadline = None if timeout is None else timeout + time.monotonic()
        futures = [self.submit(fn, *items) for items in zip(*iterables)]
        return _results(futures, deadline)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; wait for those that were taken, or cancel the ones that have not begun."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _results(futures, deadline):
    # The results in order; what is left when the caller loses interest is cancelled. The generator holds no future that it
    # has handed out the result of.
    futures.reverse()
    try:
        while futures:
            if deadline is None:
                yield _result_or_cancel(futures.pop())
            else:
                yield _result_or_cancel(futures.pop(), deadline - time.monotonic())
    finally:
        for future in futures:
            future.cancel()


def _result_or_cancel(future, timeout=None):
    try:
        try:
            return future.result(timeout)
        finally:
            future.cancel()
    finally:
        del future

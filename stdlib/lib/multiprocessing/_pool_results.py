"""What a pool of workers gives for calls whose results are still to come.

A result enters the pool's cache under its number, its job; the thread that hands out outcomes finds it there and calls
_set(place, (went well, value)). With its last outcome it leaves the cache and lets go of the pool.
"""
import itertools
import threading
import types
from collections import deque
from . import TimeoutError

_job_counter = itertools.count()


class _Pending:
    """A result that has entered the cache."""

    def __init__(self, pool):
        self._pool, self._cache = pool, pool._cache
        self._job = next(_job_counter)
        self._cache[self._job] = self

    def _leave(self):
        del self._cache[self._job]
        self._pool = None


class ApplyResult(_Pending):
    """The result of a call to come."""

    def __init__(self, pool, callback, error_callback):
        self._event = threading.Event()
        self._callbacks = {True: callback, False: error_callback}
        super().__init__(pool)

    def ready(self):
        """Is the result there?"""
        return self._event.is_set()

    def wait(self, timeout=None):
        """Wait for the result."""
        self._event.wait(timeout)

    def successful(self):
        """Did the call return?"""
        if self.ready():
            return self._success
        raise ValueError(f'{self!r} not ready')

    def get(self, timeout=None):
        """The result; what the call raised is raised."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if not self._success:
            raise self._value
        return self._value

    def _set(self, i, outcome):
        self._success, self._value = outcome
        self._finish()

    def _finish(self):
        told = self._callbacks[self._success]
        if told:
            told(self._value)
        self._event.set()
        self._leave()

    __class_getitem__ = classmethod(types.GenericAlias)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of many calls to come, as one list. They come in chunks."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success, self._value = True, [None] * length
        self._chunksize = chunksize
        # How many chunks have not come.
        self._number_left = -(-length // chunksize) if chunksize > 0 else 0
        if not self._number_left:
            self._event.set()
            self._leave()

    def _set(self, i, outcome):
        good, result = outcome
        if self._success:
            if good:
                begin = i * self._chunksize
                self._value[begin:begin + self._chunksize] = result
            else:
                # The first failure counts.
                self._success, self._value = False, result
        self._number_left -= 1
        if not self._number_left:
            self._finish()


class IMapIterator(_Pending):
    """The results of many calls, one after the other."""

    def __init__(self, pool):
        self._changed = threading.Condition(threading.Lock())
        self._ready = deque()
        # Outcomes that came before it was their turn, by their places.
        self._early = {}
        # How many have been ready so far, and how many there will be, once that is known.
        self._count, self._length = 0, None
        super().__init__(pool)

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result, waiting for it."""
        with self._changed:
            # An outcome that is not yet its turn wakes us, too.
            self._changed.wait_for(lambda: self._ready or self._all_came(), timeout)
            if self._ready:
                good, value = self._ready.popleft()
            elif self._all_came():
                raise StopIteration
            else:
                raise TimeoutError
        if not good:
            raise value
        return value

    __next__ = next

    def _all_came(self):
        return self._count == self._length

    def _accept(self, i, outcome):
        self._early[i] = outcome
        while self._count in self._early:
            self._ready.append(self._early.pop(self._count))
            self._count += 1

    def _set(self, i, outcome):
        with self._changed:
            self._accept(i, outcome)
            self._check()

    def _set_length(self, length):
        with self._changed:
            self._length = length
            self._check()

    def _check(self):
        self._changed.notify()
        if self._all_came():
            self._leave()


class IMapUnorderedIterator(IMapIterator):
    """The results of many calls as they come."""

    def _accept(self, i, outcome):
        self._ready.append(outcome)
        self._count += 1

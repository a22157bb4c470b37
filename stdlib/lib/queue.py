"""Queues between threads: first in first out (Queue), last in first out (LifoQueue), smallest first (PriorityQueue), and
SimpleQueue, which is native and knows no tasks.

One lock guards everything about a queue; the three conditions share it. They are notified only when somebody waits on them:
a put or get that nobody waits for costs the lock and the container's own operation.
"""
from collections import deque as _deque
from heapq import heappop as _heappop, heappush as _heappush
import threading as _threading
from time import monotonic as _now
from types import GenericAlias as _GenericAlias

try:
    from _queue import Empty
except ImportError:
    class Empty(Exception):
        'Exception raised by Queue.get(block=0)/get_nowait().'

__all__ = ['Empty', 'Full', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Full(Exception):
    'Exception raised by Queue.put(block=0)/put_nowait().'


class Queue:
    """A queue of at most maxsize items; any number when maxsize is not above zero."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = mutex = _threading.Lock()
        self.not_empty = _threading.Condition(mutex)
        self.not_full = _threading.Condition(mutex)
        self.all_tasks_done = _threading.Condition(mutex)
        self.unfinished_tasks = 0

    def task_done(self):
        """Say that one item that get() gave is dealt with; join() returns when that is so for all of them."""
        with self.all_tasks_done:
            left = self.unfinished_tasks - 1
            if left < 0:
                raise ValueError('task_done() called too many times')
            if left == 0:
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = left

    def join(self):
        """Wait until task_done() was called for every item that was put in."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        """How many items there are at this moment."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Is there no item at this moment?"""
        with self.mutex:
            return not self._qsize()

    def full(self):
        """Are there maxsize items at this moment?"""
        with self.mutex:
            return self._is_full()

    def _wait(self, condition, has_come, block, timeout, refusal):
        """Waits on one of the conditions until something has come, called with the lock held; else raises the refusal."""
        if not block:
            raise refusal
        limit = None if timeout is None else _now() + timeout
        while not has_come():
            rest = None if limit is None else limit - _now()
            if rest is not None and rest <= 0:
                raise refusal
            condition.wait(rest)

    def _is_full(self):
        return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        """Put the item in, waiting for a free place if need be; Full when there was none (in time)."""
        if timeout is not None and timeout < 0 and block and self.maxsize > 0:
            raise ValueError("'timeout' must be a non-negative number")
        with self.mutex:
            if self._is_full():
                self._wait(self.not_full, lambda: not self._is_full(), block, timeout, Full)
            self._put(item)
            self.unfinished_tasks += 1
            if self.not_empty._waiters:
                self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Take an item out, waiting for one if need be; Empty when none came (in time)."""
        if timeout is not None and timeout < 0 and block:
            raise ValueError("'timeout' must be a non-negative number")
        with self.mutex:
            if not self._qsize():
                self._wait(self.not_empty, self._qsize, block, timeout, Empty)
            item = self._get()
            if self.not_full._waiters:
                self.not_full.notify()
            return item

    def put_nowait(self, item):
        """put() that never waits."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() that never waits."""
        return self.get(block=False)

    # What a subclass changes for another order; called with the lock held.

    def _init(self, maxsize):
        self.queue = _deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    __class_getitem__ = classmethod(_GenericAlias)


class LifoQueue(Queue):
    """The item that came last comes out first."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()


class PriorityQueue(Queue):
    """The smallest item comes out first; items are often pairs of a number and the data."""

    _init = LifoQueue._init

    def _put(self, item):
        _heappush(self.queue, item)

    def _get(self):
        return _heappop(self.queue)


class _PySimpleQueue:
    """What SimpleQueue does, in the language itself: for where the native one is not to be had."""

    def __init__(self):
        self._queue = _deque()
        self._count = _threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        """Put the item in; never waits."""
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Take the oldest item out, waiting for one if need be."""
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._count.acquire(block, timeout):
            raise Empty
        return self._queue.popleft()

    def put_nowait(self, item):
        """put(), by the name that other queues have."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() that never waits."""
        return self.get(block=False)

    def empty(self):
        """Is there no item at this moment?"""
        return not self._queue

    def qsize(self):
        """How many items there are at this moment."""
        return len(self._queue)

    __class_getitem__ = classmethod(_GenericAlias)


try:
    from _queue import SimpleQueue
except ImportError:
    SimpleQueue = _PySimpleQueue

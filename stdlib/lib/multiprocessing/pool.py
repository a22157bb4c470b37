"""A pool of worker processes (or, ThreadPool, of threads) that take calls.

Calls go to the workers through one queue and come back through another. Three threads of the pool's process look after that:
one replaces workers that have ended, one feeds the calls, one hands out the outcomes (to the results in _pool_results).
What these threads share is the crew; it does not know the pool, so that a pool that nobody holds dies, and its workers with it.
"""
import functools
import itertools
import os
import queue
import threading
import time
import traceback
import warnings
from . import TimeoutError, get_context, util
from ._pool_results import ApplyResult, AsyncResult, IMapIterator, IMapUnorderedIterator, MapResult

__all__ = ['Pool', 'ThreadPool']

INIT, RUN, CLOSE, TERMINATE = 'INIT', 'RUN', 'CLOSE', 'TERMINATE'


# --- what workers do ---

def mapstar(args):
    """A chunk of map(): (function, items)."""
    return [*map(*args)]


def starmapstar(args):
    """A chunk of starmap()."""
    return [*itertools.starmap(*args)]


class RemoteTraceback(Exception):
    """Where an exception was raised in the worker: the cause of the one that comes out here."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way to the pool's process, with its traceback as text."""

    def __init__(self, exc, tb):
        lines = traceback.format_exception(type(exc), exc, tb)
        self.tb = f'\n"""\n{"".join(lines)}"""'
        # Frames cannot travel, and would keep alive what they hold.
        self.exc = exc.with_traceback(None)

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result cannot be sent back."""

    def __init__(self, exc, value):
        super().__init__(repr(exc), repr(value))
        self.exc, self.value = self.args

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f'<{type(self).__name__}: {self}>'


def _failing_iteration(problem):
    raise problem


def _outcome(func, args, kwds, wrap_exception):
    """(True, what a call returns) or (False, what it raises)."""
    try:
        return True, func(*args, **kwds)
    except Exception as problem:
        # What the iterable of the program raised has been raised there.
        if wrap_exception and func is not _failing_iteration:
            problem = ExceptionWithTraceback(problem, problem.__traceback__)
        return False, problem


def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
    """The life of a worker: one call after the other, until it gets None or has made maxtasks."""
    if maxtasks is not None and not (isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError(f'Maxtasks {maxtasks!r} is not valid')
    if hasattr(inqueue, '_writer'):
        # The other ends of the pipes are the pool's.
        inqueue._writer.close()
        outqueue._reader.close()
    if initializer is not None:
        initializer(*initargs)
    made = 0
    for made in itertools.count() if maxtasks is None else range(maxtasks):
        try:
            task = inqueue.get()
        except (EOFError, OSError):
            util.debug('worker got EOFError or OSError -- exiting')
            break
        if task is None:
            util.debug('worker got sentinel -- exiting')
            break
        outcome = _outcome(*task[2:], wrap_exception)
        try:
            outqueue.put((*task[:2], outcome))
        except Exception as problem:
            outqueue.put((*task[:2], (False, MaybeEncodingError(problem, outcome[1]))))
        # Nothing is kept while the worker waits.
        task = outcome = None
    else:
        made = maxtasks
    util.debug('worker exiting after %d tasks' % made)


# --- what the pool's threads do ---

class _PoolCache(dict):
    """The results that are still to come, by their jobs; says when it becomes empty."""

    def __init__(self, /, *args, notifier=None, **kwds):
        self.notifier = notifier
        super().__init__(*args, **kwds)

    def __delitem__(self, item):
        super().__delitem__(item)
        if not self:
            self.notifier.put(None)


class _Crew:
    """The workers, the queues to and from them, and the threads that look after them."""

    def __init__(self, pool, size, make):
        self.workers, self.size, self._make = pool._pool, size, make
        self.calls, self.changes, self.cache = pool._taskqueue, pool._change_notifier, pool._cache
        self.to_workers, self.from_workers = pool._inqueue, pool._outqueue
        self._send, self._receive = pool._quick_put, pool._quick_get
        # RUN, CLOSE (no more calls) or TERMINATE; outcomes are passed on a little longer than calls.
        self.state, self.passing_on = RUN, True

    def start(self):
        self.threads = [threading.Thread(target=target, daemon=True)
                        for target in (self._keep_workers, self._feed_calls, self._hand_out)]
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in (*self.threads, *self.workers):
            thread.join()

    # The first thread.

    def fill(self):
        """Starts workers until there are enough."""
        while len(self.workers) < self.size:
            made = self._make()
            made.name = made.name.replace('Process', 'PoolWorker')
            made.daemon = True
            made.start()
            self.workers.append(made)

    def _replace_ended(self):
        ended = [one for one in self.workers if one.exitcode is not None]
        for one in ended:
            one.join()
            self.workers.remove(one)
        if ended:
            self.fill()

    def _keep_workers(self):
        from .connection import wait
        while self.state == RUN or self.state == CLOSE and self.cache:
            self._replace_ended()
            # Threads have no sentinels.
            sentinels = [one.sentinel for one in self.workers if hasattr(one, 'sentinel')]
            wait([*sentinels, self.changes._reader])
            while not self.changes.empty():
                self.changes.get()
        self.calls.put(None)
        util.debug('worker handler exiting')

    # The second.

    def _feed_calls(self):
        while (batch := self.calls.get()) is not None:
            if not self._feed(*batch):
                break
            batch = None
        try:
            self.from_workers.put(None)
            for _ in self.workers[:]:
                self.to_workers.put(None)
        except OSError:
            util.debug('task handler got OSError when sending sentinels')

    def _feed(self, tasks, set_length):
        """Sends tasks; whether there is to be more."""
        count = 0
        for task in tasks:
            if self.state == TERMINATE:
                return False
            count = task[1] + 1
            try:
                self._send(task)
            except Exception as problem:
                self._deliver(*task[:2], (False, problem))
        if set_length is not None:
            set_length(count)
        return True

    # The third.

    def _hand_out(self):
        try:
            while (answer := self._receive()) is not None and self.passing_on:
                self._deliver(*answer)
                answer = None
            while self.cache and self.passing_on:
                if (answer := self._receive()) is not None:
                    self._deliver(*answer)
                    answer = None
            # The one that feeds may wait for room in the pipe.
            for _ in range(10):
                if not hasattr(self.from_workers, '_reader') or not self.from_workers._reader.poll():
                    break
                self._receive()
        except (EOFError, OSError):
            pass

    def _deliver(self, job, i, outcome):
        result = self.cache.get(job)
        if result is not None:
            result._set(i, outcome)

    # The end.

    def terminate(self, help_feeder):
        util.debug('finalizing pool')
        keeper, feeder, hander = self.threads
        self.state = TERMINATE
        self.changes.put(None)
        util.debug('helping task handler/workers to finish')
        help_feeder(self.to_workers, feeder, len(self.workers))
        if self.cache and not hander.is_alive():
            raise AssertionError('Cannot have cache with result_hander not alive')
        self.passing_on = False
        self.changes.put(None)
        self.from_workers.put(None)
        self._join_thread(keeper)
        processes = [one for one in self.workers if hasattr(one, 'terminate')]
        for one in processes:
            if one.exitcode is None:
                one.terminate()
        self._join_thread(feeder)
        self._join_thread(hander)
        for one in processes:
            if one.is_alive():
                one.join()

    @staticmethod
    def _join_thread(thread):
        # The last reference to the pool may have died in any of them.
        if thread is not threading.current_thread():
            thread.join()


class Pool:
    """Worker processes that make calls."""

    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._state, self._pool = INIT, []
        self._ctx = ctx = context or get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        # Wakes the thread that looks after the workers.
        self._change_notifier = ctx.SimpleQueue()
        self._cache = _PoolCache(notifier=self._change_notifier)
        self._processes = size = os.cpu_count() or 1 if processes is None else processes
        if size < 1:
            raise ValueError('Number of processes must be at least 1')
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError('maxtasksperchild must be a positive int or None')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        life = self._inqueue, self._outqueue, initializer, initargs, maxtasksperchild, self._wrap_exception
        self._crew = _Crew(self, size, functools.partial(type(self).Process, ctx, target=worker, args=life))
        try:
            self._repopulate_pool()
        except Exception:
            for made in [one for one in self._pool if one.exitcode is None]:
                made.terminate()
            for made in self._pool:
                made.join()
            raise
        self._crew.start()
        self._state = RUN
        self._terminate = util.Finalize(self, self._crew.terminate, (type(self)._help_stuff_finish,), exitpriority=15)

    def _setup_queues(self):
        self._inqueue, self._outqueue = self._ctx.SimpleQueue(), self._ctx.SimpleQueue()
        self._quick_put, self._quick_get = self._inqueue._writer.send, self._outqueue._reader.recv

    def _repopulate_pool(self):
        self._crew.fill()

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # The feeder may wait for a lock that a worker held when it was ended, or for room in the pipe.
        inqueue._rlock.acquire()
        while task_handler.is_alive() and inqueue._reader.poll():
            inqueue._reader.recv()
            time.sleep(0)

    def _check_running(self):
        if self._state != RUN:
            raise ValueError('Pool not running')

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __repr__(self):
        kind = type(self)
        return f'<{kind.__module__}.{kind.__qualname__} state={self._state} pool_size={len(self._pool)}>'

    def __reduce__(self):
        raise NotImplementedError('pool objects cannot be passed between processes or pickled')

    def __del__(self):
        if self._state == RUN:
            warnings.warn(f'unclosed running multiprocessing pool {self!r}', ResourceWarning, source=self)
            if hasattr(self, '_change_notifier'):
                self._change_notifier.put(None)

    # --- calls ---

    def apply(self, func, args=(), kwds={}):
        """func(*args, **kwds), made by a worker."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """apply() that does not wait."""
        self._check_running()
        made = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(made._job, 0, func, args, kwds)], None))
        return made

    def map(self, func, iterable, chunksize=None):
        """The list of func(item) for each item."""
        return self.map_async(func, iterable, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """map() that does not wait."""
        return self._map_chunks(mapstar, func, iterable, chunksize, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        """As map(); each item holds the arguments of one call."""
        return self.starmap_async(func, iterable, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """starmap() that does not wait."""
        return self._map_chunks(starmapstar, func, iterable, chunksize, callback, error_callback)

    def _map_chunks(self, chunk_function, func, iterable, chunksize, callback, error_callback):
        self._check_running()
        items = iterable if hasattr(iterable, '__len__') else [*iterable]
        if not len(items):
            chunksize = 0
        elif chunksize is None:
            # Four chunks for each worker, rounded up.
            chunksize = -(-len(items) // (4 * len(self._pool)))
        made = MapResult(self, chunksize, len(items), callback, error_callback)
        self._taskqueue.put((_tasks(made._job, chunk_function, _chunks(func, items, chunksize)), None))
        return made

    def imap(self, func, iterable, chunksize=1):
        """An iterator of func(item), in order."""
        return self._iterate(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """An iterator of func(item), as they come."""
        return self._iterate(IMapUnorderedIterator, func, iterable, chunksize)

    def _iterate(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f'Chunksize must be 1+, not {chunksize:n}')
        made = kind(self)
        if chunksize == 1:
            self._taskqueue.put((_tasks(made._job, func, iterable), made._set_length))
            return made
        self._taskqueue.put((_tasks(made._job, mapstar, _chunks(func, iterable, chunksize)), made._set_length))
        return (item for items in made for item in items)

    # --- the end ---

    def close(self):
        """Take no more calls; the workers end when those that were taken are made."""
        util.debug('closing pool')
        if self._state == RUN:
            self._state = self._crew.state = CLOSE
            self._change_notifier.put(None)

    def terminate(self):
        """End the workers at once."""
        util.debug('terminating pool')
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait for the workers to end; after close() or terminate()."""
        util.debug('joining pool')
        if self._state == RUN:
            raise ValueError('Pool is still running')
        if self._state == INIT:
            raise ValueError('In unknown state')
        self._crew.join()


def _chunks(func, iterable, size):
    """(function, items) for each chunk."""
    rest = iter(iterable)
    while items := (*itertools.islice(rest, size),):
        yield func, items


def _tasks(job, func, arguments):
    """A task for each argument. What the program's iterable raises comes out where the results are read."""
    place = 0
    try:
        for argument in arguments:
            yield job, place, func, (argument,), {}
            place += 1
    except Exception as problem:
        yield job, place, _failing_iteration, (problem,), {}


class ThreadPool(Pool):
    """Worker threads that make calls, with the interface of Pool."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue, self._outqueue = queue.SimpleQueue(), queue.SimpleQueue()
        self._quick_put, self._quick_get = self._inqueue.put, self._outqueue.get

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # Calls that have not begun are dropped; each worker gets its end.
        while not inqueue.empty():
            try:
                inqueue.get_nowait()
            except queue.Empty:
                pass
        for _ in range(size):
            inqueue.put(None)

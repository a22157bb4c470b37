"""A pool of worker processes (or, ThreadPool, of threads) that take calls.

Calls go to the workers through one queue and come back through another. Three threads of the pool's process look after that:
one replaces workers that have ended, one feeds the calls, one hands out the results.
"""
import collections
import itertools
import os
import queue
import threading
import time
import traceback
import types
import warnings
from . import TimeoutError, get_context, util

__all__ = ['Pool', 'ThreadPool']

INIT, RUN, CLOSE, TERMINATE = 'INIT', 'RUN', 'CLOSE', 'TERMINATE'

_job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


class RemoteTraceback(Exception):
    """Where an exception was raised in the worker: the cause of the one that comes out here."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way to the pool's process, with its traceback as text."""

    def __init__(self, exc, tb):
        text = ''.join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.exc.__traceback__ = None
        self.tb = '\n"""\n%s"""' % text

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result cannot be sent back."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return "Error sending result: '%s'. Reason: '%s'" % (self.value, self.exc)

    def __repr__(self):
        return '<%s: %s>' % (type(self).__name__, self)


def _failing_iteration(problem):
    raise problem


def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
    """The life of a worker: one call after the other, until it gets None or has made maxtasks."""
    if maxtasks is not None and not (isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError('Maxtasks {!r} is not valid'.format(maxtasks))
    put, get = outqueue.put, inqueue.get
    if hasattr(inqueue, '_writer'):
        inqueue._writer.close()
        outqueue._reader.close()
    if initializer is not None:
        initializer(*initargs)
    done = 0
    while maxtasks is None or done < maxtasks:
        try:
            task = get()
        except (EOFError, OSError):
            util.debug('worker got EOFError or OSError -- exiting')
            break
        if task is None:
            util.debug('worker got sentinel -- exiting')
            break
        job, i, func, args, kwds = task
        try:
            result = True, func(*args, **kwds)
        except Exception as problem:
            if wrap_exception and func is not _failing_iteration:
                problem = ExceptionWithTraceback(problem, problem.__traceback__)
            result = False, problem
        try:
            put((job, i, result))
        except Exception as problem:
            put((job, i, (False, MaybeEncodingError(problem, result[1]))))
        task = job = result = func = args = kwds = None
        done += 1
    util.debug('worker exiting after %d tasks' % done)


class _PoolCache(dict):
    """The jobs that have no result yet; says when it becomes empty."""

    def __init__(self, /, *args, notifier=None, **kwds):
        self.notifier = notifier
        super().__init__(*args, **kwds)

    def __delitem__(self, item):
        super().__delitem__(item)
        if not self:
            self.notifier.put(None)


class Pool:
    """Worker processes that make calls."""

    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._pool = []
        self._state = INIT
        self._ctx = context or get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        # Tells the thread that looks after the workers that it has something to do.
        self._change_notifier = self._ctx.SimpleQueue()
        self._cache = _PoolCache(notifier=self._change_notifier)
        self._maxtasksperchild = maxtasksperchild
        self._initializer = initializer
        self._initargs = initargs
        if processes is None:
            processes = os.cpu_count() or 1
        if processes < 1:
            raise ValueError('Number of processes must be at least 1')
        if maxtasksperchild is not None:
            if not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0:
                raise ValueError('maxtasksperchild must be a positive int or None')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._processes = processes
        try:
            self._repopulate_pool()
        except Exception:
            for process in self._pool:
                if process.exitcode is None:
                    process.terminate()
            for process in self._pool:
                process.join()
            raise
        self._worker_handler = self._start_thread(self._handle_workers)
        self._task_handler = self._start_thread(self._handle_tasks)
        self._result_handler = self._start_thread(self._handle_results)
        self._state = RUN
        self._terminate = util.Finalize(self, type(self)._terminate_pool,
                                        args=(self._taskqueue, self._inqueue, self._outqueue, self._pool,
                                              self._change_notifier, self._worker_handler, self._task_handler,
                                              self._result_handler, self._cache), exitpriority=15)

    def _start_thread(self, target):
        thread = threading.Thread(target=target, daemon=True)
        thread._state = RUN
        thread.start()
        return thread

    def __repr__(self):
        cls = type(self)
        return f'<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>'

    def _setup_queues(self):
        self._inqueue = self._ctx.SimpleQueue()
        self._outqueue = self._ctx.SimpleQueue()
        self._quick_put = self._inqueue._writer.send
        self._quick_get = self._outqueue._reader.recv

    def _check_running(self):
        if self._state != RUN:
            raise ValueError('Pool not running')

    # --- the workers ---

    def _repopulate_pool(self):
        for _ in range(self._processes - len(self._pool)):
            process = self.Process(self._ctx, target=worker,
                                   args=(self._inqueue, self._outqueue, self._initializer, self._initargs,
                                         self._maxtasksperchild, self._wrap_exception))
            process.name = process.name.replace('Process', 'PoolWorker')
            process.daemon = True
            process.start()
            self._pool.append(process)

    def _join_exited_workers(self):
        ended = [process for process in self._pool if process.exitcode is not None]
        for process in ended:
            process.join()
            self._pool.remove(process)
        return bool(ended)

    def _sentinels(self):
        return [process.sentinel for process in self._pool if hasattr(process, 'sentinel')]

    def _wait_for_updates(self):
        from .connection import wait
        wait([*self._sentinels(), self._change_notifier._reader])
        while not self._change_notifier.empty():
            self._change_notifier.get()

    def _handle_workers(self):
        thread = threading.current_thread()
        while thread._state == RUN or (self._cache and thread._state != TERMINATE):
            if self._join_exited_workers():
                self._repopulate_pool()
            self._wait_for_updates()
        self._taskqueue.put(None)
        util.debug('worker handler exiting')

    # --- the calls ---

    def _handle_tasks(self):
        thread = threading.current_thread()
        for tasks, set_length in iter(self._taskqueue.get, None):
            task = None
            try:
                for task in tasks:
                    if thread._state != RUN:
                        break
                    try:
                        self._quick_put(task)
                    except Exception as problem:
                        job, index = task[:2]
                        try:
                            self._cache[job]._set(index, (False, problem))
                        except KeyError:
                            pass
                else:
                    if set_length:
                        set_length(task[1] + 1 if task else 0)
                    continue
                break
            finally:
                task = tasks = None
        try:
            self._outqueue.put(None)
            for _ in self._pool:
                self._inqueue.put(None)
        except OSError:
            util.debug('task handler got OSError when sending sentinels')

    def _handle_results(self):
        thread = threading.current_thread()
        while True:
            try:
                task = self._quick_get()
            except (OSError, EOFError):
                return
            if thread._state != RUN:
                break
            if task is None:
                break
            self._deliver(task)
            task = None
        while self._cache and thread._state != TERMINATE:
            try:
                task = self._quick_get()
            except (OSError, EOFError):
                return
            if task is not None:
                self._deliver(task)
            task = None
        if hasattr(self._outqueue, '_reader'):
            # The feeder may wait for room in the pipe.
            try:
                for _ in range(10):
                    if not self._outqueue._reader.poll():
                        break
                    self._quick_get()
            except (OSError, EOFError):
                pass

    def _deliver(self, task):
        job, i, outcome = task
        try:
            self._cache[job]._set(i, outcome)
        except KeyError:
            pass

    # --- what the program calls ---

    def apply(self, func, args=(), kwds={}):
        """func(*args, **kwds), made by a worker."""
        return self.apply_async(func, args, kwds).get()

    def map(self, func, iterable, chunksize=None):
        """The list of func(item) for each item."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """As map(); each item holds the arguments of one call."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """starmap() that does not wait."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """map() that does not wait."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """apply() that does not wait."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def imap(self, func, iterable, chunksize=1):
        """An iterator of func(item), in order."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """An iterator of func(item), as they come."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError('Chunksize must be 1+, not {0:n}'.format(chunksize))
        result = kind(self)
        if chunksize == 1:
            self._taskqueue.put((self._guarded_tasks(result._job, func, ((item,) for item in iterable)),
                                 result._set_length))
            return result
        batches = Pool._get_tasks(func, iterable, chunksize)
        self._taskqueue.put((self._guarded_tasks(result._job, mapstar, ((batch,) for batch in batches)),
                             result._set_length))
        return (item for chunk in result for item in chunk)

    def _guarded_tasks(self, job, func, arguments):
        # What the program's iterable raises comes out where the results are read.
        i = -1
        try:
            for i, args in enumerate(arguments):
                yield job, i, func, args, {}
        except Exception as problem:
            yield job, i + 1, _failing_iteration, (problem,), {}

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, '__len__'):
            iterable = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(iterable), len(self._pool) * 4)
            if extra:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        batches = Pool._get_tasks(func, iterable, chunksize)
        result = MapResult(self, chunksize, len(iterable), callback, error_callback=error_callback)
        self._taskqueue.put((self._guarded_tasks(result._job, mapper, ((batch,) for batch in batches)), None))
        return result

    @staticmethod
    def _get_tasks(func, iterable, size):
        iterator = iter(iterable)
        while batch := tuple(itertools.islice(iterator, size)):
            yield func, batch

    def __reduce__(self):
        raise NotImplementedError('pool objects cannot be passed between processes or pickled')

    def close(self):
        """Take no more calls; the workers end when those that were taken are made."""
        util.debug('closing pool')
        if self._state == RUN:
            self._state = CLOSE
            self._worker_handler._state = CLOSE
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
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError('In unknown state')
        self._worker_handler.join()
        self._task_handler.join()
        self._result_handler.join()
        for process in self._pool:
            process.join()

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # The feeder may wait for a lock that a worker held when it was ended, or for room in the pipe.
        inqueue._rlock.acquire()
        while task_handler.is_alive() and inqueue._reader.poll():
            inqueue._reader.recv()
            time.sleep(0)

    @classmethod
    def _terminate_pool(cls, taskqueue, inqueue, outqueue, pool, change_notifier, worker_handler, task_handler,
                        result_handler, cache):
        util.debug('finalizing pool')
        worker_handler._state = TERMINATE
        task_handler._state = TERMINATE
        change_notifier.put(None)
        util.debug('helping task handler/workers to finish')
        cls._help_stuff_finish(inqueue, task_handler, len(pool))
        if not result_handler.is_alive() and cache:
            raise AssertionError('Cannot have cache with result_hander not alive')
        result_handler._state = TERMINATE
        change_notifier.put(None)
        outqueue.put(None)
        if threading.current_thread() is not worker_handler:
            worker_handler.join()
        if pool and hasattr(pool[0], 'terminate'):
            for process in pool:
                if process.exitcode is None:
                    process.terminate()
        if threading.current_thread() is not task_handler:
            task_handler.join()
        if threading.current_thread() is not result_handler:
            result_handler.join()
        if pool and hasattr(pool[0], 'terminate'):
            for process in pool:
                if process.is_alive():
                    process.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __del__(self):
        if self._state == RUN:
            warnings.warn(f'unclosed running multiprocessing pool {self!r}', ResourceWarning, source=self)
            if getattr(self, '_change_notifier', None) is not None:
                self._change_notifier.put(None)


class ApplyResult:
    """The result of a call to come."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._callback = callback
        self._error_callback = error_callback
        self._cache[self._job] = self

    def ready(self):
        """Is the result there?"""
        return self._event.is_set()

    def successful(self):
        """Did the call return?"""
        if not self.ready():
            raise ValueError('{0!r} not ready'.format(self))
        return self._success

    def wait(self, timeout=None):
        """Wait for the result."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """The result; what the call raised is raised."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, outcome):
        self._success, self._value = outcome
        self._finish()

    def _finish(self):
        callback = self._callback if self._success else self._error_callback
        if callback:
            callback(self._value)
        self._event.set()
        del self._cache[self._job]
        self._pool = None

    __class_getitem__ = classmethod(types.GenericAlias)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of many calls to come, as one list."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        ApplyResult.__init__(self, pool, callback, error_callback=error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._number_left = -(-length // chunksize)

    def _set(self, i, outcome):
        self._number_left -= 1
        success, result = outcome
        if success and self._success:
            self._value[i * self._chunksize:(i + 1) * self._chunksize] = result
        elif not success and self._success:
            self._success = False  # the first failure counts
            self._value = result
        if self._number_left == 0:
            self._finish()


class IMapIterator:
    """The results of many calls, one after the other."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._items = collections.deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result, waiting for it."""
        with self._cond:
            # A result that is not yet its turn wakes us, too.
            self._cond.wait_for(lambda: self._items or self._index == self._length, timeout)
            if not self._items:
                if self._index != self._length:
                    raise TimeoutError
                self._pool = None
                raise StopIteration
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _accept(self, i, outcome):
        if self._index != i:
            self._unsorted[i] = outcome  # its turn comes
            return
        self._items.append(outcome)
        self._index += 1
        while self._index in self._unsorted:
            self._items.append(self._unsorted.pop(self._index))
            self._index += 1

    def _set(self, i, outcome):
        with self._cond:
            self._accept(i, outcome)
            self._cond.notify()
            if self._index == self._length:
                del self._cache[self._job]
                self._pool = None

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                self._cond.notify()
                del self._cache[self._job]
                self._pool = None


class IMapUnorderedIterator(IMapIterator):
    """The results of many calls as they come."""

    def _accept(self, i, outcome):
        self._items.append(outcome)
        self._index += 1


class ThreadPool(Pool):
    """Worker threads that make calls, with the interface of Pool."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        Pool.__init__(self, processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue = queue.SimpleQueue()
        self._outqueue = queue.SimpleQueue()
        self._quick_put = self._inqueue.put
        self._quick_get = self._outqueue.get

    def _sentinels(self):
        return []

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # Calls that have not begun are dropped; each worker gets its end.
        try:
            while True:
                inqueue.get(block=False)
        except queue.Empty:
            pass
        for _ in range(size):
            inqueue.put(None)

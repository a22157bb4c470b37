"""A pool of threads that take calls from one queue.

A None in the queue means "look whether it is time to go". It comes when the pool is shut down, when nobody refers to
it any more, and at the interpreter's end; a worker that goes passes it on to the next. Workers hold the pool only by
a weak reference, and while they wait not even that.
"""
import itertools
import os
import queue
import threading
import weakref
from concurrent.futures import _base
from types import GenericAlias

__all__ = ['ThreadPoolExecutor']


class _Exit:
    """What is to be done when the interpreter ends: no more calls are taken, and the workers finish those they have."""

    def __init__(self):
        self.lock = threading.Lock()  # held while a call is submitted, and across a fork
        self.begun = False
        self.queues = weakref.WeakKeyDictionary()  # of each worker

    def run(self):
        with self.lock:
            self.begun = True
        workers = list(self.queues.items())
        for _, calls in workers:
            calls.put(None)
        for worker, _ in workers:
            worker.join()


_exit = _Exit()
# asyncio's and CPython's names for two of its parts.
_threads_queues, _global_shutdown_lock = _exit.queues, _exit.lock
threading._register_atexit(_exit.run)
os.register_at_fork(before=_exit.lock.acquire, after_in_parent=_exit.lock.release,
                    after_in_child=_exit.lock._at_fork_reinit)


class _WorkItem:
    """A call to be made and the future that waits for it."""

    __slots__ = 'future', 'call'
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, future, *call):
        self.future, self.call = future, call

    def run(self):
        future = self.future
        if future.set_running_or_notify_cancel():
            function, args, kwargs = self.call
            try:
                value = function(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
                # The traceback holds this frame, and the frame must not hold what the traceback hangs on.
                del self, future
            else:
                future.set_result(value)


def _waiting_items(calls):
    """Take everything out of a queue, the Nones left out."""
    while True:
        try:
            item = calls.get_nowait()
        except queue.Empty:
            return
        if item is not None:
            yield item


class _Worker:
    """What a thread of the pool does."""

    def __init__(self, executor, wake):
        self.executor = weakref.ref(executor, wake)
        self.calls = executor._work_queue
        self.prepare = executor._initializer, executor._initargs

    def __call__(self):
        if self.initialize():
            try:
                while self.do_one():
                    pass
            except BaseException:
                _base.LOGGER.critical('Exception in worker', exc_info=True)

    def initialize(self):
        function, args = self.prepare
        del self.prepare
        if function is None:
            return True
        try:
            function(*args)
        except BaseException:
            _base.LOGGER.critical('Exception in initializer:', exc_info=True)
            executor = self.executor()
            if executor is not None:
                executor._initializer_failed()
            return False
        return True

    def next_item(self):
        try:
            return self.calls.get_nowait()
        except queue.Empty:
            self.say_idle()
            return self.calls.get()

    def say_idle(self):
        """One more call can be taken without a new thread."""
        executor = self.executor()
        if executor is not None:
            executor._idle_semaphore.release()

    def do_one(self):
        """Make the next call. False when it is time to go."""
        item = self.next_item()
        if item is not None:
            item.run()
            return True
        executor = self.executor()
        if executor is not None:
            if not _exit.begun and not executor._shutdown:
                return True
            executor._shutdown = True
        self.calls.put(None)
        return False


class BrokenThreadPool(_base.BrokenExecutor):
    """An initializer has failed: the pool takes no more calls."""


class ThreadPoolExecutor(_base.Executor):
    """A pool of threads. They are started as calls come, up to max_workers."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            # Calls mostly wait for something, so more threads than processors, but not hundreds on a big machine.
            max_workers = min((os.cpu_count() or 1) + 4, 32)
        elif max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if not (initializer is None or callable(initializer)):
            raise TypeError('initializer must be a callable')
        self._max_workers, self._initializer, self._initargs = max_workers, initializer, initargs
        self._thread_name_prefix = thread_name_prefix or f'ThreadPoolExecutor-{self._counter()}'
        self._work_queue = queue.SimpleQueue()
        self._threads = set()
        self._idle_semaphore = threading.Semaphore(0)  # counts the workers that wait
        self._shutdown_lock = threading.Lock()
        self._broken = self._shutdown = False

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _exit.lock:
            self._refuse_if_over()
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            if not self._idle_semaphore.acquire(timeout=0) and len(self._threads) < self._max_workers:
                self._start_worker()
        return future

    def _refuse_if_over(self):
        if self._broken:
            raise BrokenThreadPool(self._broken)
        for over, of_what in (self._shutdown, 'shutdown'), (_exit.begun, 'interpreter shutdown'):
            if over:
                raise RuntimeError(f'cannot schedule new futures after {of_what}')

    def _start_worker(self):
        calls = self._work_queue
        name = f'{self._thread_name_prefix or self}_{len(self._threads)}'
        worker = threading.Thread(name=name, target=_Worker(self, lambda _: calls.put(None)))
        worker.start()
        self._threads.add(worker)
        _exit.queues[worker] = calls

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            for item in _waiting_items(self._work_queue):
                item.future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for item in _waiting_items(self._work_queue):
                    item.future.cancel()
            self._work_queue.put(None)
        for worker in self._threads if wait else ():
            worker.join()

    submit.__doc__, shutdown.__doc__ = _base.Executor.submit.__doc__, _base.Executor.shutdown.__doc__

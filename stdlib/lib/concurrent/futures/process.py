"""A pool of processes that make calls for futures.

The executor's process has a thread that looks after everything: it fills a small queue of calls, takes results from another
queue, and notices when a worker dies. Then the pool is broken: every future that waits gets BrokenProcessPool.
"""
import itertools
import multiprocessing as mp
import os
import queue
import threading
import traceback
import weakref
from concurrent.futures import _base
from functools import partial
from multiprocessing.connection import wait as _wait
from multiprocessing.pool import ExceptionWithTraceback, RemoteTraceback
from multiprocessing.queues import Queue, SimpleQueue

__all__ = ['ProcessPoolExecutor']

EXTRA_QUEUED_CALLS = 1

# The managing threads, and what wakes each of them.
_threads_wakeups = weakref.WeakKeyDictionary()
_global_shutdown = False


def _check_system_limits():
    """NotImplementedError when the system has too few semaphores for a pool."""
    try:
        most = os.sysconf('SC_SEM_NSEMS_MAX')
    except (AttributeError, ValueError):
        return
    if most != -1 and most < 256:
        raise NotImplementedError('system provides too few semaphores (%d available, 256 necessary)' % most)


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, wakeup in items:
        wakeup.wakeup()
    for thread, _ in items:
        thread.join()


threading._register_atexit(_python_exit)


class _ThreadWakeup:
    """A pipe that wakes the managing thread from its wait."""

    def __init__(self):
        self._closed = False
        self._lock = threading.Lock()
        self._reader, self._writer = mp.Pipe(duplex=False)

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._writer.close()
                self._reader.close()

    def wakeup(self):
        with self._lock:
            if not self._closed:
                self._writer.send_bytes(b'')

    def clear(self):
        with self._lock:
            if not self._closed:
                while self._reader.poll():
                    self._reader.recv_bytes()


class _RemoteTraceback(RemoteTraceback):
    """Where an exception was raised in the worker."""


class _ExceptionWithTraceback(ExceptionWithTraceback):
    """An exception on its way back, with its traceback as text."""

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:
    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class _ResultItem:
    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id = work_id
        self.exception = exception
        self.result = result
        self.exit_pid = exit_pid


class _CallItem:
    def __init__(self, work_id, fn, args, kwargs):
        self.work_id = work_id
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class _SafeQueue(Queue):
    """The queue of calls: one that cannot be pickled fails its future, and nothing else."""

    def __init__(self, max_size=0, *, ctx, pending_work_items, thread_wakeup):
        self.pending_work_items = pending_work_items
        self.thread_wakeup = thread_wakeup
        super().__init__(max_size, ctx=ctx)

    def _on_queue_feeder_error(self, problem, obj):
        if not isinstance(obj, _CallItem):
            super()._on_queue_feeder_error(problem, obj)
            return
        text = ''.join(traceback.format_exception(type(problem), problem, problem.__traceback__))
        problem.__cause__ = _RemoteTraceback('\n"""\n{}"""'.format(text))
        item = self.pending_work_items.pop(obj.work_id, None)
        self.thread_wakeup.wakeup()
        if item is not None:
            item.future.set_exception(problem)


def _get_chunks(*iterables, chunksize):
    iterator = zip(*iterables)
    while chunk := tuple(itertools.islice(iterator, chunksize)):
        yield chunk


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


def _process_worker(call_queue, result_queue, initializer, initargs, max_tasks=None):
    """The life of a worker."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.LOGGER.critical('Exception in initializer:', exc_info=True)
            return  # the parent sees that a worker has died
    done = 0
    exit_pid = None
    while True:
        call = call_queue.get(block=True)
        if call is None:
            result_queue.put(os.getpid())
            return
        if max_tasks is not None:
            done += 1
            if done >= max_tasks:
                exit_pid = os.getpid()
        try:
            result = call.fn(*call.args, **call.kwargs)
        except BaseException as problem:
            _send_result(result_queue, call.work_id,
                         exception=_ExceptionWithTraceback(problem, problem.__traceback__), exit_pid=exit_pid)
        else:
            _send_result(result_queue, call.work_id, result=result, exit_pid=exit_pid)
            del result
        del call
        if exit_pid is not None:
            return


def _send_result(result_queue, work_id, result=None, exception=None, exit_pid=None):
    try:
        result_queue.put(_ResultItem(work_id, result=result, exception=exception, exit_pid=exit_pid))
    except BaseException as problem:
        result_queue.put(_ResultItem(work_id, exception=_ExceptionWithTraceback(problem, problem.__traceback__),
                                     exit_pid=exit_pid))


class _ExecutorManagerThread(threading.Thread):
    """Looks after the workers, the calls and the results of an executor, which it does not keep alive."""

    def __init__(self, executor):
        wakeup, lock = executor._executor_manager_thread_wakeup, executor._shutdown_lock

        def executor_is_gone(_, wakeup=wakeup, lock=lock):
            with lock:
                wakeup.wakeup()

        self.wakeup = wakeup
        self.shutdown_lock = lock
        self.executor_reference = weakref.ref(executor, executor_is_gone)
        self.processes = executor._processes
        self.call_queue = executor._call_queue
        self.result_queue = executor._result_queue
        self.work_ids = executor._work_ids
        self.pending = executor._pending_work_items
        super().__init__()

    def run(self):
        while True:
            self.add_calls()
            result, is_broken, cause = self.wait_for_something()
            if is_broken:
                self.terminate_broken(cause)
                return
            if result is not None:
                self.process_result(result)
                ended = result.exit_pid if isinstance(result, _ResultItem) else None
                if ended is not None:
                    process = self.processes.pop(ended)
                    process.join()
                del result
                executor = self.executor_reference()
                if executor is not None:
                    if ended is not None:
                        with self.shutdown_lock:
                            executor._adjust_process_count()
                    else:
                        executor._idle_worker_semaphore.release()
                del executor
            if self.is_shutting_down():
                self.flag_shutdown()
                self.add_calls()
                if not self.pending:
                    self.join_workers()
                    return

    def add_calls(self):
        while not self.call_queue.full():
            try:
                work_id = self.work_ids.get(block=False)
            except queue.Empty:
                return
            item = self.pending[work_id]
            if item.future.set_running_or_notify_cancel():
                self.call_queue.put(_CallItem(work_id, item.fn, item.args, item.kwargs), block=True)
            else:
                del self.pending[work_id]

    def wait_for_something(self):
        reader = self.result_queue._reader
        sentinels = [process.sentinel for process in list(self.processes.values())]
        ready = _wait([reader, self.wakeup._reader] + sentinels)
        result, is_broken, cause = None, True, None
        if reader in ready:
            try:
                result = reader.recv()
                is_broken = False
            except BaseException as problem:
                cause = traceback.format_exception(type(problem), problem, problem.__traceback__)
        elif self.wakeup._reader in ready:
            is_broken = False
        self.wakeup.clear()
        return result, is_broken, cause

    def process_result(self, result):
        if isinstance(result, int):
            # A worker has ended because it was told to.
            self.processes.pop(result).join()
            if not self.processes:
                self.join_workers()
            return
        item = self.pending.pop(result.work_id, None)
        if item is not None:
            if result.exception:
                item.future.set_exception(result.exception)
            else:
                item.future.set_result(result.result)

    def is_shutting_down(self):
        executor = self.executor_reference()
        return _global_shutdown or executor is None or executor._shutdown_thread

    def terminate_broken(self, cause):
        executor = self.executor_reference()
        if executor is not None:
            executor._broken = ('A child process terminated abruptly, the process pool is not usable anymore')
            executor._shutdown_thread = True
            del executor
        message = 'A process in the process pool was terminated abruptly while the future was running or pending.'
        problem = BrokenProcessPool(message)
        if cause is not None:
            problem.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for item in self.pending.values():
            item.future.set_exception(problem)
        self.pending.clear()
        for process in self.processes.values():
            process.terminate()
        self.call_queue._terminate_broken()
        self.join_workers()

    def flag_shutdown(self):
        executor = self.executor_reference()
        if executor is None:
            return
        executor._shutdown_thread = True
        if executor._cancel_pending_futures:
            kept = {}
            for work_id, item in self.pending.items():
                if not item.future.cancel():
                    kept[work_id] = item
            self.pending.clear()
            self.pending.update(kept)
            while True:
                try:
                    self.work_ids.get_nowait()
                except queue.Empty:
                    break
            executor._cancel_pending_futures = False

    def join_workers(self):
        # One end for each worker that is left.
        left = list(self.processes.values())
        alive = sum(process.is_alive() for process in left)
        sent = 0
        while sent < alive and any(process.is_alive() for process in left):
            try:
                self.call_queue.put_nowait(None)
                sent += 1
            except (queue.Full, ValueError):
                import time
                time.sleep(0.005)
                if getattr(self.call_queue, '_closed', False):
                    break
        with self.shutdown_lock:
            self.wakeup.close()
        self.call_queue.close()
        self.call_queue.join_thread()
        for process in left:
            process.join()


class BrokenProcessPool(_base.BrokenExecutor):
    """
    Raised when a process in a ProcessPoolExecutor terminated abruptly
    while a future was in the running state.
    """


class ProcessPoolExecutor(_base.Executor):
    """A pool of processes. They are started as calls come, up to max_workers."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        _check_system_limits()
        if max_workers is None:
            max_workers = os.cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._max_workers = max_workers
        if mp_context is None:
            mp_context = mp.get_context('spawn' if max_tasks_per_child is not None else None)
        self._mp_context = mp_context
        # fork, with threads about, only before there are any: all workers at once.
        self._safe_to_dynamically_spawn_children = mp_context.get_start_method(allow_none=False) != 'fork'
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._initializer = initializer
        self._initargs = initargs
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError('max_tasks_per_child must be an integer')
            if max_tasks_per_child <= 0:
                raise ValueError('max_tasks_per_child must be >= 1')
            if mp_context.get_start_method(allow_none=False) == 'fork':
                raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                                 'supply a different mp_context.')
        self._max_tasks_per_child = max_tasks_per_child
        self._executor_manager_thread = None
        self._processes = {}
        self._shutdown_thread = False
        self._shutdown_lock = threading.Lock()
        self._idle_worker_semaphore = threading.Semaphore(0)
        self._broken = False
        self._queue_count = 0
        self._pending_work_items = {}
        self._cancel_pending_futures = False
        self._executor_manager_thread_wakeup = _ThreadWakeup()
        self._call_queue = _SafeQueue(max_size=max_workers + EXTRA_QUEUED_CALLS, ctx=mp_context,
                                      pending_work_items=self._pending_work_items,
                                      thread_wakeup=self._executor_manager_thread_wakeup)
        self._call_queue._ignore_epipe = True
        self._result_queue = mp_context.SimpleQueue()
        self._work_ids = queue.Queue()

    def _start_executor_manager_thread(self):
        if self._executor_manager_thread is None:
            if not self._safe_to_dynamically_spawn_children:
                for _ in range(len(self._processes), self._max_workers):
                    self._spawn_process()
            self._executor_manager_thread = _ExecutorManagerThread(self)
            self._executor_manager_thread.start()
            _threads_wakeups[self._executor_manager_thread] = self._executor_manager_thread_wakeup

    def _adjust_process_count(self):
        if self._idle_worker_semaphore.acquire(blocking=False):
            return
        if len(self._processes) < self._max_workers:
            self._spawn_process()

    def _spawn_process(self):
        process = self._mp_context.Process(target=_process_worker,
                                           args=(self._call_queue, self._result_queue, self._initializer, self._initargs,
                                                 self._max_tasks_per_child))
        process.start()
        self._processes[process.pid] = process

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _global_shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            self._pending_work_items[self._queue_count] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(self._queue_count)
            self._queue_count += 1
            self._executor_manager_thread_wakeup.wakeup()
            if self._safe_to_dynamically_spawn_children:
                self._adjust_process_count()
            self._start_executor_manager_thread()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        if chunksize < 1:
            raise ValueError('chunksize must be >= 1.')
        chunks = super().map(partial(_process_chunk, fn), _get_chunks(*iterables, chunksize=chunksize), timeout=timeout)
        return _items_of(chunks)

    map.__doc__ = _base.Executor.map.__doc__

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._cancel_pending_futures = cancel_futures
            self._shutdown_thread = True
            if self._executor_manager_thread_wakeup is not None:
                self._executor_manager_thread_wakeup.wakeup()
        if self._executor_manager_thread is not None and wait:
            self._executor_manager_thread.join()
        self._executor_manager_thread = None
        self._call_queue = None
        if self._result_queue is not None and wait:
            self._result_queue.close()
        self._result_queue = None
        self._processes = None
        self._executor_manager_thread_wakeup = None

    shutdown.__doc__ = _base.Executor.shutdown.__doc__


def _items_of(chunks):
    for chunk in chunks:
        chunk.reverse()
        while chunk:
            yield chunk.pop()

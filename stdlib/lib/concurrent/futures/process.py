"""A pool of processes that make calls for futures.

The executor's process has a thread that looks after everything: it fills a small queue of calls, takes results from
another queue, and notices when a worker dies. Then the pool is broken: every future that waits gets
BrokenProcessPool.
"""
import itertools
import multiprocessing as mp
import os
import queue
import threading
import time
import traceback
import weakref
from collections import namedtuple
from concurrent.futures import _base
from functools import partial
from multiprocessing.connection import wait as _wait
from multiprocessing.pool import ExceptionWithTraceback, RemoteTraceback
from multiprocessing.queues import Queue, SimpleQueue

__all__ = ['ProcessPoolExecutor']

EXTRA_QUEUED_CALLS = 1

class _Exit:
    """What is to be done when the interpreter ends: no more calls are taken, and the pools finish those they have."""

    def __init__(self):
        self.begun = False
        self.managers = weakref.WeakSet()

    def run(self):
        self.begun = True
        managers = list(self.managers)
        for manager in managers:
            manager.alarm.ring()
        for manager in managers:
            manager.join()


_exit = _Exit()
threading._register_atexit(_exit.run)


def _check_system_limits():
    """NotImplementedError when the system has too few semaphores for a pool."""
    needed = 256
    try:
        available = os.sysconf('SC_SEM_NSEMS_MAX')
    except (AttributeError, ValueError):
        return
    if -1 < available < needed:
        raise NotImplementedError(
            f'system provides too few semaphores ({available} available, {needed} necessary)')


class _Alarm:
    """A pipe that wakes the managing thread from its wait."""

    def __init__(self):
        self.end, self._button = mp.Pipe(duplex=False)
        self._lock, self._works = threading.Lock(), True

    def _if_it_works(self, action):
        with self._lock:
            if self._works:
                action()

    def ring(self):
        self._if_it_works(lambda: self._button.send_bytes(b''))

    def clear(self):
        def read_all():
            while self.end.poll():
                self.end.recv_bytes()
        self._if_it_works(read_all)

    def close(self):
        def close_both():
            self._works = False
            self._button.close()
            self.end.close()
        self._if_it_works(close_both)


class _RemoteTraceback(RemoteTraceback):
    """Where an exception was raised in the worker."""


class _ExceptionWithTraceback(ExceptionWithTraceback):
    """An exception on its way back, with its traceback as text."""

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _Call(namedtuple('_Call', 'number function args kwargs')):
    """What a worker is sent."""

    __slots__ = ()


class _Answer(namedtuple('_Answer', 'number value error leaves')):
    """What it sends back; leaves: its process id if that was its last call."""

    __slots__ = ()


class _SafeQueue(Queue):
    """The queue of calls: one that cannot be pickled fails its future, and nothing else."""

    def __init__(self, max_size, *, ctx, waiting, alarm):
        super().__init__(max_size, ctx=ctx)
        self.waiting, self.alarm = waiting, alarm

    def _on_queue_feeder_error(self, problem, obj):
        if not isinstance(obj, _Call):
            return super()._on_queue_feeder_error(problem, obj)
        text = ''.join(traceback.format_exception(problem))
        problem.__cause__ = _RemoteTraceback(f'\n"""\n{text}"""')
        future, _ = self.waiting.pop(obj.number, (None, None))
        self.alarm.ring()
        if future is not None:
            future.set_exception(problem)


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
    for count in itertools.count(1):
        call = call_queue.get(block=True)
        if call is None:
            result_queue.put(os.getpid())
            return
        leaves = os.getpid() if count == max_tasks else None
        _send(result_queue, call.number, leaves, **_outcome_of(call))
        del call
        if leaves is not None:
            return


def _outcome_of(call):
    try:
        return {'value': call.function(*call.args, **call.kwargs)}
    except BaseException as problem:
        return {'error': _ExceptionWithTraceback(problem, problem.__traceback__)}


def _send(result_queue, number, leaves, value=None, error=None):
    try:
        result_queue.put(_Answer(number, value, error, leaves))
    except BaseException as problem:  # it cannot be pickled
        error = _ExceptionWithTraceback(problem, problem.__traceback__)
        result_queue.put(_Answer(number, None, error, leaves))


class _Manager(threading.Thread):
    """Looks after the workers, the calls and the results of an executor, which it does not keep alive."""

    def __init__(self, executor):
        super().__init__()
        alarm, lock = self.alarm, self.lock = executor._alarm, executor._shutdown_lock

        def executor_is_gone(_):
            with lock:
                alarm.ring()

        self.executor = weakref.ref(executor, executor_is_gone)
        self.processes, self.waiting, self.numbers = executor._processes, executor._waiting, executor._numbers
        self.call_queue, self.result_queue = executor._call_queue, executor._result_queue

    def run(self):
        while self.do_a_round():
            pass

    def do_a_round(self):
        """Fill the queue of calls, wait for something, deal with it. False when there is nothing left to do."""
        self.add_calls()
        answer, is_broken, cause = self.wait_for_something()
        if is_broken:
            self.give_up(cause)
            return False
        if answer is not None:
            self.take_answer(answer)
            del answer
        if not self.is_shutting_down():
            return True
        self.flag_shutdown()
        self.add_calls()
        if self.waiting:
            return True
        self.join_workers()
        return False

    def add_calls(self):
        while not self.call_queue.full():
            try:
                number = self.numbers.get(block=False)
            except queue.Empty:
                return
            future, call = self.waiting[number]
            if future.set_running_or_notify_cancel():
                self.call_queue.put(call, block=True)
            else:
                del self.waiting[number]

    def wait_for_something(self):
        """(an answer or None, has a worker died, what could not be read of its answer)"""
        answers, alarm = self.result_queue._reader, self.alarm.end
        ready = _wait([answers, alarm, *(process.sentinel for process in list(self.processes.values()))])
        outcome = None, True, None
        if answers in ready:
            try:
                outcome = answers.recv(), False, None
            except BaseException as problem:
                outcome = None, True, traceback.format_exception(problem)
        elif alarm in ready:
            outcome = None, False, None
        self.alarm.clear()
        return outcome

    def take_answer(self, answer):
        if isinstance(answer, int):
            # A worker has ended because it was told to.
            self.processes.pop(answer).join()
            if not self.processes:
                self.join_workers()
        else:
            self.settle(answer)
            if answer.leaves is not None:
                self.processes.pop(answer.leaves).join()
        executor = self.executor()
        if executor is None:
            return
        if getattr(answer, 'leaves', None) is None:
            executor._idle_workers.release()
        else:
            with self.lock:
                # Idle or not: those that are counted as idle may be the ones that have left. A call that came in
                # the meantime may have brought a worker with it.
                if self.waiting and len(executor._processes or ()) < executor._max_workers:
                    executor._start_worker()

    def settle(self, answer):
        future, _ = self.waiting.pop(answer.number, (None, None))
        if future is None:
            return
        if answer.error is not None:
            future.set_exception(answer.error)
        else:
            future.set_result(answer.value)

    def is_shutting_down(self):
        executor = self.executor()
        return _exit.begun or executor is None or executor._shutdown_thread

    def give_up(self, cause):
        """A worker has died: nobody knows what it has left behind in the queues."""
        executor = self.executor()
        if executor is not None:
            executor._broken = 'A child process terminated abruptly, the process pool is not usable anymore'
            executor._shutdown_thread = True
            del executor
        problem = BrokenProcessPool('A process in the process pool was terminated abruptly while the future was '
                                    'running or pending.')
        if cause is not None:
            problem.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        while self.waiting:
            future, _ = self.waiting.popitem()[1]
            future.set_exception(problem)
        for process in self.processes.values():
            process.terminate()
        self.call_queue._terminate_broken()
        self.join_workers()

    def flag_shutdown(self):
        executor = self.executor()
        if executor is None:
            return
        executor._shutdown_thread = True
        if not executor._cancel_pending_futures:
            return
        for number, (future, _) in list(self.waiting.items()):
            if future.cancel():
                del self.waiting[number]
        while not self.numbers.empty():
            self.numbers.get_nowait()
        executor._cancel_pending_futures = False

    def join_workers(self):
        """Send one end for each worker that is left, close everything, wait."""
        left = list(self.processes.values())
        to_send = sum(process.is_alive() for process in left)
        while to_send and any(process.is_alive() for process in left):
            try:
                self.call_queue.put_nowait(None)
                to_send -= 1
            except (queue.Full, ValueError):
                if getattr(self.call_queue, '_closed', False):
                    break
                time.sleep(0.005)
        with self.lock:
            self.alarm.close()
        self.call_queue.close()
        self.call_queue.join_thread()
        for process in left:
            process.join()


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker has died: the pool takes no more calls, and those that it had are lost."""


class ProcessPoolExecutor(_base.Executor):
    """A pool of processes. They are started as calls come, up to max_workers."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        _check_system_limits()
        if max_workers is None:
            max_workers = os.cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if mp_context is None:
            mp_context = mp.get_context(None if max_tasks_per_child is None else 'spawn')
        forks = mp_context.get_start_method(allow_none=False) == 'fork'
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        if max_tasks_per_child is not None:
            self._check_tasks(max_tasks_per_child, forks)
        self._max_workers, self._mp_context, self._max_tasks_per_child = max_workers, mp_context, max_tasks_per_child
        self._initializer, self._initargs = initializer, initargs
        # fork, with threads about, only before there are any: all workers at once.
        self._all_at_once = forks
        self._processes, self._waiting = {}, {}  # by process id; by number: (future, call)
        self._numbers, self._last_number = queue.Queue(), itertools.count()
        self._manager, self._alarm = None, _Alarm()
        self._broken = self._shutdown_thread = self._cancel_pending_futures = False
        self._shutdown_lock, self._idle_workers = threading.Lock(), threading.Semaphore(0)
        self._result_queue = mp_context.SimpleQueue()
        self._call_queue = _SafeQueue(max_workers + EXTRA_QUEUED_CALLS, ctx=mp_context, waiting=self._waiting,
                                      alarm=self._alarm)
        self._call_queue._ignore_epipe = True

    @staticmethod
    def _check_tasks(number, forks):
        if not isinstance(number, int):
            raise TypeError('max_tasks_per_child must be an integer')
        if number <= 0:
            raise ValueError('max_tasks_per_child must be >= 1')
        if forks:
            raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                             'supply a different mp_context.')

    # The name by which CPython's pools have it.
    _executor_manager_thread = property(lambda self: self._manager)

    def _start_worker(self):
        arguments = (self._call_queue, self._result_queue, self._initializer, self._initargs,
                     self._max_tasks_per_child)
        process = self._mp_context.Process(target=_process_worker, args=arguments)
        process.start()
        self._processes[process.pid] = process

    def _start_worker_if_needed(self):
        if not self._idle_workers.acquire(blocking=False) and len(self._processes) < self._max_workers:
            self._start_worker()

    def _start_manager(self):
        while self._all_at_once and len(self._processes) < self._max_workers:
            self._start_worker()
        self._manager = _Manager(self)
        self._manager.start()
        _exit.managers.add(self._manager)

    def _refuse_if_over(self):
        if self._broken:
            raise BrokenProcessPool(self._broken)
        for over, of_what in (self._shutdown_thread, 'shutdown'), (_exit.begun, 'interpreter shutdown'):
            if over:
                raise RuntimeError(f'cannot schedule new futures after {of_what}')

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            self._refuse_if_over()
            future, number = _base.Future(), next(self._last_number)
            self._waiting[number] = future, _Call(number, fn, args, kwargs)
            self._numbers.put(number)
            self._alarm.ring()
            if not self._all_at_once:
                self._start_worker_if_needed()
            if self._manager is None:
                self._start_manager()
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
            if self._alarm is not None:
                self._alarm.ring()
        if wait:
            if self._manager is not None:
                self._manager.join()
            if self._result_queue is not None:
                self._result_queue.close()
        # Descriptors are closed with what holds them.
        self._manager = self._call_queue = self._result_queue = self._processes = self._alarm = None

    shutdown.__doc__ = _base.Executor.shutdown.__doc__


def _items_of(chunks):
    for chunk in chunks:
        chunk.reverse()
        while chunk:
            yield chunk.pop()

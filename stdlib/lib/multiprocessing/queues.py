"""Queues between processes: objects, pickled, go through a pipe under locks."""
import errno
import os
import threading
import time
import types
import weakref
from collections import deque
from queue import Empty, Full
from . import connection, context
from .util import Finalize, debug, info, is_exiting, register_after_fork

__all__ = ['Queue', 'SimpleQueue', 'JoinableQueue']

_ForkingPickler = context.reduction.ForkingPickler
# Behind the last object that the feeder has to send.
_sentinel = object()


class _Shared:
    """Something that children are given when they are made; the attributes named in _travels go with it."""

    _travels = ()

    def __getstate__(self):
        context.assert_spawning(self)
        return tuple(getattr(self, name) for name in self._travels)

    def __setstate__(self, state):
        vars(self).update(zip(self._travels, state))
        self._reset()

    def _reset(self):
        """Makes what each process has for itself."""

    def _pipe(self, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock, self._wlock = ctx.Lock(), ctx.Lock()

    def empty(self):
        """Is nothing to be read at this moment?"""
        return not self._reader.poll()

    __class_getitem__ = classmethod(types.GenericAlias)


class Queue(_Shared):
    """A queue whose put() never waits for a reader: a thread of the process feeds the pipe."""

    _travels = ('_ignore_epipe', '_maxsize', '_reader', '_writer', '_rlock', '_wlock', '_sem', '_opid')

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            from .synchronize import SEM_VALUE_MAX as maxsize
        self._maxsize, self._opid, self._ignore_epipe = maxsize, os.getpid(), False
        self._pipe(ctx)
        # Has a permit for each free place.
        self._sem = ctx.BoundedSemaphore(maxsize)
        self._reset()
        register_after_fork(self, Queue._reset)

    def _reset(self):
        self._buffer, self._notempty = deque(), threading.Condition(threading.Lock())
        self._closed = self._joincancelled = False
        self._send_bytes, self._recv_bytes = self._writer.send_bytes, self._reader.recv_bytes
        self._poll = self._reader.poll
        # The feeder, and what waits for it and ends it.
        self._thread = self._jointhread = self._close = None

    def _check_open(self):
        if self._closed:
            raise ValueError(f'Queue {self!r} is closed')

    def put(self, obj, block=True, timeout=None):
        """Put an object in, waiting for a free place if need be."""
        self._check_open()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty:
            if self._thread is None:
                self._start_thread()
            self._count_in()
            self._buffer.append(obj)
            self._notempty.notify()

    def _count_in(self):
        """An object is about to be put in."""

    def get(self, block=True, timeout=None):
        """Take an object out, waiting for one if need be."""
        self._check_open()
        forever = block and timeout is None
        limit = None if forever else time.monotonic() + timeout if block else 0
        if not self._rlock.acquire(block, timeout):
            raise Empty
        try:
            if not forever:
                rest = limit - time.monotonic() if block else 0
                if not self._reader.poll(max(rest, 0)):
                    raise Empty
            data = self._reader.recv_bytes()
            self._sem.release()
        finally:
            self._rlock.release()
        return _ForkingPickler.loads(data)

    def put_nowait(self, obj):
        """put() that never waits."""
        return self.put(obj, block=False)

    def get_nowait(self):
        """get() that never waits."""
        return self.get(block=False)

    def full(self):
        """Are there maxsize objects at this moment?"""
        return self._sem._semlock._is_zero()

    def qsize(self):
        """How many objects are in it, more or less."""
        free = self._sem._semlock._get_value()
        return self._maxsize - free

    def close(self):
        """This process puts nothing in any more."""
        self._closed = True
        end_feeder, self._close = self._close, None
        if end_feeder is not None:
            end_feeder()
        if self._thread is None:
            # Else the feeder does it when it has sent everything.
            self._reader.close()

    def join_thread(self):
        """Wait until everything that was put in has gone through the pipe; after close()."""
        debug('Queue.join_thread()')
        assert self._closed, f'Queue {self!r} not closed'
        if self._jointhread is not None:
            self._jointhread()

    def cancel_join_thread(self):
        """Do not wait for that at the end of the process."""
        debug('Queue.cancel_join_thread()')
        self._joincancelled = True
        if self._jointhread is not None:
            self._jointhread.cancel()

    def _terminate_broken(self):
        self.close()

    # --- the feeder ---

    def _start_thread(self):
        self._buffer.clear()
        self._thread = feeder = threading.Thread(
            target=self._feed, args=(self._buffer, self._notempty, self._wlock, self._writer),
            name='QueueFeederThread', daemon=True)
        feeder.start()
        if not self._joincancelled:
            self._jointhread = Finalize(feeder, Queue._finalize_join, (weakref.ref(feeder),), exitpriority=-5)
        self._close = Finalize(self, Queue._finalize_close, (self._buffer, self._notempty), exitpriority=10)

    def _feed(self, buffer, notempty, write_lock, writer):
        while (obj := _next_of(buffer, notempty)) is not _sentinel:
            try:
                # Pickled before the lock is taken: another process's put does not wait for it.
                data = _ForkingPickler.dumps(obj)
                with write_lock:
                    writer.send_bytes(data)
            except Exception as problem:
                if self._ignore_epipe and getattr(problem, 'errno', 0) == errno.EPIPE:
                    return
                if is_exiting():
                    info('error in queue thread: %s', problem)
                    return
                # It did not get in.
                self._sem.release()
                self._on_queue_feeder_error(problem, obj)
        self._reader.close()
        writer.close()

    # Subclasses with a feeder of their own name these two.

    @staticmethod
    def _finalize_join(reference):
        if (thread := reference()) is not None:
            thread.join()

    @staticmethod
    def _finalize_close(buffer, notempty):
        with notempty:
            buffer.append(_sentinel)
            notempty.notify()

    @staticmethod
    def _on_queue_feeder_error(problem, obj):
        from traceback import print_exception
        print_exception(problem)


def _next_of(buffer, notempty):
    """What the feeder sends next; it is the only one that takes things out."""
    with notempty:
        notempty.wait_for(buffer.__len__)
    return buffer.popleft()


class JoinableQueue(Queue):
    """A queue whose join() waits until task_done() was called for every object."""

    _travels = (*Queue._travels, '_cond', '_unfinished_tasks')

    def __init__(self, maxsize=0, *, ctx):
        super().__init__(maxsize, ctx=ctx)
        self._cond, self._unfinished_tasks = ctx.Condition(), ctx.Semaphore(0)

    def _count_in(self):
        with self._cond:
            self._unfinished_tasks.release()

    def _all_done(self):
        return self._unfinished_tasks._semlock._is_zero()

    def task_done(self):
        """Say that one object that get() gave is dealt with."""
        with self._cond:
            if not self._unfinished_tasks.acquire(block=False):
                raise ValueError('task_done() called too many times')
            if self._all_done():
                self._cond.notify_all()

    def join(self):
        """Wait until every object is dealt with."""
        with self._cond:
            if not self._all_done():
                self._cond.wait()


class SimpleQueue(_Shared):
    """A pipe with a lock at each end: put() waits while the pipe is full."""

    _travels = ('_reader', '_writer', '_rlock', '_wlock')

    def __init__(self, *, ctx):
        self._pipe(ctx)

    def put(self, obj):
        """Put an object in."""
        # Pickling may call anything: no lock is held meanwhile.
        data = _ForkingPickler.dumps(obj)
        with self._wlock:
            self._writer.send_bytes(data)

    def get(self):
        """Take an object out, waiting for one."""
        with self._rlock:
            data = self._reader.recv_bytes()
        return _ForkingPickler.loads(data)

    def close(self):
        """Close both ends."""
        for end in (self._reader, self._writer):
            end.close()

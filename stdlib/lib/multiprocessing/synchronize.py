"""Locks, semaphores, conditions, events and barriers that processes share. Each stands on native semaphores."""
import os
import threading
import time
import _multiprocessing
from _multiprocessing import SemLock as _NativeSemLock
from . import context, process, util

__all__ = ['Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event']

RECURSIVE_MUTEX, SEMAPHORE = 0, 1
SEM_VALUE_MAX = _NativeSemLock.SEM_VALUE_MAX
sem_unlink = _multiprocessing.sem_unlink


def _new_name():
    return '%s-%s' % (process.current_process()._config['semprefix'], os.urandom(6).hex())


def _lend_methods(owner, lock):
    """The native methods, without a detour."""
    owner.acquire, owner.release = lock.acquire, lock.release


class SemLock:
    """A native semaphore and how it is sent to children."""

    def __init__(self, kind, value, maxvalue, *, ctx):
        if ctx is None:
            ctx = context._default_context.get_context()
        self.is_fork_ctx = ctx.get_start_method() == 'fork'
        while True:
            try:
                # Children of a fork have it already; others open it by its name, which must live as long.
                self._semlock = _NativeSemLock(kind, value, maxvalue, _new_name(), self.is_fork_ctx)
                break
            except FileExistsError:
                continue
        self._make_methods()
        util.register_after_fork(self, lambda obj: obj._semlock._after_fork())
        if self._semlock.name is not None:
            from .resource_tracker import register
            register(self._semlock.name, 'semaphore')
            util.Finalize(self, SemLock._remove, (self._semlock.name,), exitpriority=0)

    @staticmethod
    def _remove(name):
        from .resource_tracker import unregister
        sem_unlink(name)
        unregister(name, 'semaphore')

    def _make_methods(self):
        _lend_methods(self, self._semlock)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()

    def __getstate__(self):
        context.assert_spawning(self)
        if self.is_fork_ctx:
            raise RuntimeError('A SemLock created in a fork context is being shared with a process in a spawn context. '
                               'This is not supported. Please use the same context to create multiprocessing objects '
                               'and Process.')
        lock = self._semlock
        return lock.handle, lock.kind, lock.maxvalue, lock.name

    def __setstate__(self, state):
        self._semlock = _NativeSemLock._rebuild(*state)
        self.is_fork_ctx = False
        self._make_methods()

    def _holder(self):
        # Who holds it, as repr() tells it.
        try:
            if self._semlock._is_mine():
                name = process.current_process().name
                if threading.current_thread().name != 'MainThread':
                    name += '|' + threading.current_thread().name
                return name
            if self._semlock._get_value() == 1:
                return 'None'
            return 'SomeOtherThread' if self._semlock._count() > 0 else 'SomeOtherProcess'
        except Exception:
            return 'unknown'


class Semaphore(SemLock):
    """A semaphore that processes share."""

    def __init__(self, value=1, *, ctx=None):
        SemLock.__init__(self, SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """How many permits there are."""
        return self._semlock._get_value()

    def __repr__(self):
        return '<%s(value=%s)>' % (type(self).__name__, self._semlock._get_value())


class BoundedSemaphore(Semaphore):
    """A semaphore with an upper limit."""

    def __init__(self, value=1, *, ctx=None):
        SemLock.__init__(self, SEMAPHORE, value, value, ctx=ctx)

    def __repr__(self):
        return '<%s(value=%s, maxvalue=%s)>' % (type(self).__name__, self._semlock._get_value(), self._semlock.maxvalue)


class Lock(SemLock):
    """A lock that processes share; any process may release it."""

    def __init__(self, *, ctx=None):
        SemLock.__init__(self, SEMAPHORE, 1, 1, ctx=ctx)

    def __repr__(self):
        return '<%s(owner=%s)>' % (type(self).__name__, self._holder())


class RLock(SemLock):
    """A lock that its holder may acquire again."""

    def __init__(self, *, ctx=None):
        SemLock.__init__(self, RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        holder = self._holder()
        count = self._semlock._count() if self._semlock._is_mine() else 0 if holder == 'None' else 'nonzero'
        return '<%s(%s, %s)>' % (type(self).__name__, holder, count)


class Condition:
    """A condition that processes share.

    Sleepers wait on one semaphore; two more count those who sleep and those who have woken, so that a notification is not
    taken by somebody who begins to wait later.
    """

    _travels = ('_lock', '_sleeping_count', '_woken_count', '_wait_semaphore')

    def __init__(self, lock=None, *, ctx):
        self._set(lock or ctx.RLock(), *(ctx.Semaphore(0) for _ in self._travels[1:]))

    def _set(self, *parts):
        vars(self).update(zip(self._travels, parts))
        _lend_methods(self, self._lock)

    def __getstate__(self):
        context.assert_spawning(self)
        return tuple(getattr(self, name) for name in self._travels)

    def __setstate__(self, state):
        self._set(*state)

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        try:
            sleeping = self._sleeping_count.get_value() - self._woken_count.get_value()
        except Exception:
            sleeping = 'unknown'
        return f'<{type(self).__name__}({self._lock}, {sleeping})>'

    def wait(self, timeout=None):
        """Let go of the lock, wait for a notification or the timeout, take the lock again."""
        assert self._lock._semlock._is_mine(), 'must acquire() condition before using wait()'
        self._sleeping_count.release()
        levels = self._lock._semlock._count()
        for _ in range(levels):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(levels):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake up to n sleepers."""
        assert self._lock._semlock._is_mine(), 'lock is not owned'
        assert not self._wait_semaphore.acquire(False), 'notify: Should not have been able to acquire _wait_semaphore'
        # Those whose time was over since the last notification are counted out.
        while self._woken_count.acquire(False):
            taken = self._sleeping_count.acquire(False)
            assert taken, 'notify: Bug in sleeping_count.acquire'
        woken = 0
        while woken < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            woken += 1
        if woken:
            for _ in range(woken):
                self._woken_count.acquire()
            # A sleeper may have left by its timeout instead: its permit is taken back.
            while self._wait_semaphore.acquire(False):
                pass

    def notify_all(self):
        """Wake all sleepers."""
        self.notify(n=SEM_VALUE_MAX)

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true; its last value."""
        result = predicate()
        deadline = None if timeout is None else time.monotonic() + timeout
        while not result:
            rest = None
            if deadline is not None:
                rest = deadline - time.monotonic()
                if rest <= 0:
                    break
            self.wait(rest)
            result = predicate()
        return result


class Event:
    """A flag that processes can wait for: a semaphore of one permit, which is there when it is set."""

    def __init__(self, *, ctx):
        self._flag, self._cond = ctx.Semaphore(0), ctx.Condition(ctx.Lock())

    def _is_up(self):
        """Whether it is set; called with the condition held."""
        up = self._flag.acquire(block=False)
        if up:
            self._flag.release()
        return up

    def is_set(self):
        with self._cond:
            return self._is_up()

    def set(self):
        with self._cond:
            if not self._is_up():
                self._flag.release()
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag.acquire(block=False)

    def wait(self, timeout=None):
        """Wait until the flag is set; False when the timeout came first."""
        with self._cond:
            if not self._is_up():
                self._cond.wait(timeout)
            return self._is_up()

    def __repr__(self):
        return f"<{type(self).__qualname__} at {id(self):#x} {'set' if self.is_set() else 'unset'}>"


class Barrier(threading.Barrier):
    """A barrier that processes share: threading's, with its numbers in shared memory."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        from .sharedctypes import RawArray
        self.__setstate__((parties, action, timeout, ctx.Condition(), RawArray('i', 2)))
        self._state = 0
        self._count = 0

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._numbers = state

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._numbers

    @property
    def _state(self):
        return self._numbers[0]

    @_state.setter
    def _state(self, value):
        self._numbers[0] = value

    @property
    def _count(self):
        return self._numbers[1]

    @_count.setter
    def _count(self, value):
        self._numbers[1] = value

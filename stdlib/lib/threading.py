"""Threads, and the objects that let them wait for each other.

Everything here stands on the native module _thread: its locks, its thread handles and its thread-local objects. Names and
behaviour are those of CPython 3.11's threading module.
"""
import sys as _sys
import _thread
from _thread import TIMEOUT_MAX, get_ident, get_native_id, stack_size
from _thread import _local as local, _ring
from _collections import deque as _deque
from time import monotonic as _now

__all__ = ['Thread', 'Timer', 'local', 'current_thread', 'main_thread', 'enumerate', 'active_count', 'get_ident',
           'get_native_id', 'Lock', 'RLock', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Event', 'Barrier',
           'BrokenBarrierError', 'ThreadError', 'TIMEOUT_MAX', 'excepthook', 'ExceptHookArgs', 'settrace', 'gettrace',
           'setprofile', 'getprofile', 'stack_size']

Lock = _thread.allocate_lock
ThreadError = _thread.error
ExceptHookArgs = _thread._ExceptHookArgs
_RLock = _CRLock = _thread.RLock
_HAVE_THREAD_NATIVE_ID = True


def _described(thing, state):
    """The repr of an object of this module that is in a state."""
    kind = type(thing)
    return f'<{kind.__module__}.{kind.__qualname__} at {id(thing):#x}: {state}>'


def _old_spelling(old, new, advice, call):
    """A function under its name of Java's days: warns, then does what the new one does."""
    def deprecated(*args):
        import warnings
        warnings.warn(f'{old}() is deprecated, {advice} instead', DeprecationWarning, stacklevel=2)
        return call(*args)
    deprecated.__name__ = deprecated.__qualname__ = old
    deprecated.__doc__ = f'The deprecated name of {new}.'
    return deprecated


class _PyRLock:
    """What RLock does, in the language itself."""

    def __init__(self):
        self._block, self._owner, self._count = Lock(), None, 0

    def __repr__(self):
        kind = type(self)
        held = 'locked' if self._block.locked() else 'unlocked'
        return f'<{held} {kind.__module__}.{kind.__qualname__} object owner={self._owner} count={self._count} at {id(self):#x}>'

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock, once more when this thread has it already."""
        if not self._is_owned():
            if not self._block.acquire(blocking, timeout):
                return False
            self._owner = get_ident()
        self._count += 1
        return True

    def release(self):
        """Let go of the lock, once."""
        self._must_own()
        if self._count == 1:
            self._release_save()
        else:
            self._count -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def _must_own(self):
        if not self._is_owned():
            raise RuntimeError('cannot release un-acquired lock')

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    # For Condition, which lets go of all levels at once; the state is what brings them back.

    def _release_save(self):
        self._must_own()
        levels, self._count, self._owner = self._count, 0, None
        self._block.release()
        return levels, get_ident()

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self):
        self._count, self._owner = 0, None
        self._block._at_fork_reinit()


def RLock(*args, **kwargs):
    """A lock that the thread that holds it may acquire again."""
    return (_CRLock or _PyRLock)(*args, **kwargs)


# The threads that were started and have not ended, by identifier. Guarded by _active_lock.
_active = {}
_starting = {}
_active_lock = Lock()
_dangling = set()
_counter = 0
_trace_hook = None
_profile_hook = None


def _new_name(template='Thread-%d'):
    global _counter
    with _active_lock:
        _counter += 1
        return template % _counter


class Condition:
    """Lets threads wait until another one notifies them.

    Every waiter sleeps on a bell, a lock of its own that notify() rings; so a notification wakes exactly the threads it
    is for. The bells stand in the order in which the threads came. A thread that is rung needs the condition's lock
    next, which the notifier still holds: the ring takes effect when the notifier has let go of it.
    """

    def __init__(self, lock=None):
        self._lock = lock = RLock() if lock is None else lock
        self.acquire, self.release = lock.acquire, lock.release
        # An RLock lets go of all its levels in one step and takes them back in one; any other lock has only one.
        self._release_save = getattr(lock, '_release_save', self.release)
        self._acquire_restore = getattr(lock, '_acquire_restore', self._acquire_once)
        self._is_owned = getattr(lock, '_is_owned', self._somebody_owns)
        self._waiters = _deque()

    def _acquire_once(self, state):
        self._lock.acquire()

    def _somebody_owns(self):
        # The most that a lock without an owner can tell.
        free = self._lock.acquire(False)
        if free:
            self._lock.release()
        return not free

    def _at_fork_reinit(self):
        # Those who waited did not come along into the child.
        self._waiters.clear()
        self._lock._at_fork_reinit()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exception):
        return self._lock.__exit__(*exception)

    def __repr__(self):
        return f'<Condition({self._lock}, {len(self._waiters)})>'

    def wait(self, timeout=None):
        """Let go of the lock, wait for a notification or the timeout, take the lock again. False on a timeout."""
        if not self._is_owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        bell = Lock()
        bell.acquire()
        self._waiters.append(bell)
        notified = False
        state = self._release_save()
        try:
            if timeout is None:
                notified = bell.acquire()
            else:
                notified = bell.acquire(True, timeout) if timeout > 0 else bell.acquire(False)
        finally:
            self._acquire_restore(state)
            if not notified:
                self._forget(bell)
        return notified

    def _forget(self, bell):
        try:
            self._waiters.remove(bell)
        except ValueError:
            pass  # it was rung when the time was over

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true; return its last value."""
        if timeout is None:
            while not (answer := predicate()):
                self.wait()
            return answer
        deadline = _now() + timeout
        while not (answer := predicate()) and (rest := deadline - _now()) > 0:
            self.wait(rest)
        return answer

    def notify(self, n=1):
        """Wake up to n waiters."""
        if not self._is_owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        while n > 0 and self._waiters:
            bell = self._waiters[0]
            if _ring(bell):
                n -= 1
            self._forget(bell)

    def notify_all(self):
        """Wake all waiters."""
        self.notify(len(self._waiters))

    notifyAll = _old_spelling('notifyAll', 'notify_all', 'use notify_all()', lambda self: self.notify_all())


class Semaphore:
    """Counts permits: acquire takes one and waits when there is none, release gives some back."""

    # The most permits there may be; only a bounded semaphore has such a number.
    _initial_value = None

    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._value = value
        self._cond = Condition(Lock())

    def __repr__(self):
        return _described(self, f'value={self._value}')

    def acquire(self, blocking=True, timeout=None):
        """Take a permit; False when there was none (in time)."""
        if timeout is not None and not blocking:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._value and not (blocking and self._cond.wait_for(self._has_permit, timeout)):
                return False
            self._value -= 1
        return True

    __enter__ = acquire

    def _has_permit(self):
        return self._value > 0

    def release(self, n=1):
        """Give n permits back."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            permits = self._value + n
            if self._initial_value is not None and permits > self._initial_value:
                raise ValueError('Semaphore released too many times')
            self._value = permits
            self._cond.notify(n)

    def __exit__(self, *exception):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that may not be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return _described(self, f'value={self._value}/{self._initial_value}')


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._flag = False
        self._cond = Condition(Lock())

    def __repr__(self):
        return _described(self, 'set' if self._flag else 'unset')

    def is_set(self):
        return self._flag

    isSet = _old_spelling('isSet', 'is_set', 'use is_set()', lambda self: self.is_set())

    def set(self):
        """Raise the flag and wake everybody who waits for it."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Lower the flag: from now on wait() waits."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set; False when the timeout came first."""
        with self._cond:
            # A flag that was lowered again meanwhile was up all the same.
            return self._flag or self._cond.wait(timeout)

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()


class BrokenBarrierError(RuntimeError):
    """The barrier was reset or aborted while a thread waited, or a wait timed out."""


# The states of a barrier. They are numbers because processes share them (multiprocessing.Barrier).
_RESETTING, _FILLING, _DRAINING, _BROKEN = -1, 0, 1, -2


class Barrier:
    """A point that a fixed number of threads pass together.

    It fills until all have come, and drains until all have gone: whoever comes again meanwhile waits outside. A reset
    sends those who wait away with an exception, and drains too; a broken barrier stays so until it is reset.
    """

    def __init__(self, parties, action=None, timeout=None):
        self._parties, self._action, self._timeout = parties, action, timeout
        self._cond = Condition(Lock())
        self._count = 0
        self._state = _FILLING

    def __repr__(self):
        return _described(self, 'broken' if self.broken else f'waiters={self.n_waiting}/{self.parties}')

    def wait(self, timeout=None):
        """Wait for the others; the return value, from 0 to parties - 1, is different for each thread."""
        with self._cond:
            self._cond.wait_for(self._may_enter)
            if self._state == _BROKEN:
                raise BrokenBarrierError
            place = self._count
            self._count += 1
            try:
                if self._count == self._parties:
                    self._complete()
                elif not self._cond.wait_for(self._is_decided, self._timeout if timeout is None else timeout):
                    self._become(_BROKEN)
                if self._state != _DRAINING:
                    raise BrokenBarrierError
            finally:
                self._leave()
        return place

    def _may_enter(self):
        return self._state in (_FILLING, _BROKEN)

    def _is_decided(self):
        return self._state != _FILLING

    def _become(self, state):
        self._state = state
        self._cond.notify_all()

    def _complete(self):
        outcome = _BROKEN
        try:
            if self._action:
                self._action()
            outcome = _DRAINING
        finally:
            self._become(outcome)

    def _leave(self):
        self._count -= 1
        if not self._count and self._state != _BROKEN:
            self._become(_FILLING)

    def reset(self):
        """Back to the beginning; threads that wait get BrokenBarrierError."""
        with self._cond:
            if not self._count:
                self._become(_FILLING)
            elif self._state != _DRAINING:
                self._become(_RESETTING)

    def abort(self):
        """Break the barrier for good (until reset)."""
        with self._cond:
            self._become(_BROKEN)

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == _FILLING else 0

    @property
    def broken(self):
        return self._state == _BROKEN


def _of_thread(method):
    """The method, refused to a subclass whose __init__ did not call Thread's."""
    def checked(self):
        assert self._initialized, 'Thread.__init__() not called'
        return method(self)
    checked.__name__, checked.__qualname__, checked.__doc__ = method.__name__, method.__qualname__, method.__doc__
    return checked


class Thread:
    """A thread of control: start() runs run() in it, join() waits for its end."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._name = str(name) if name else _new_name()
        if not name and hasattr(target, '__name__'):
            self._name += f' ({target.__name__})'
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._handle = self._ident = self._native_id = None
        self._started = Event()
        self._invoke_excepthook, self._stderr = _make_invoke_excepthook(), _sys.stderr
        self._initialized = True

    def __repr__(self):
        assert self._initialized, 'Thread.__init__() was not called'
        words = ['stopped' if self._is_stopped else 'started' if self._started.is_set() else 'initial']
        if self._daemonic:
            words.append('daemon')
        if self._ident is not None:
            words.append(str(self._ident))
        return f'<{type(self).__name__}({self._name}, {" ".join(words)})>'

    @property
    def _is_stopped(self):
        handle = self._handle
        return handle is not None and handle.is_done()

    def start(self):
        """Start the thread; at most once for each object."""
        if not self._initialized:
            raise RuntimeError('thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('threads can only be started once')
        with _active_lock:
            _starting[self] = self
        try:
            self._handle = _thread._start_joinable(self._bootstrap)
        except BaseException:
            with _active_lock:
                _starting.pop(self, None)
            raise
        self._started.wait()

    def run(self):
        """What the thread does: the target, unless a subclass overrides it."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # A reference cycle through the arguments would outlive the thread.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            with _active_lock:
                _active[self._ident] = self
                del _starting[self]
            if _trace_hook:
                _sys.settrace(_trace_hook)
            if _profile_hook:
                _sys.setprofile(_profile_hook)
            self._started.set()
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            with _active_lock:
                _active.pop(self._ident, None)

    def join(self, timeout=None):
        """Wait until the thread ends, at most `timeout` seconds."""
        if not self._initialized:
            raise RuntimeError('Thread.__init__() not called')
        if not self._started.is_set():
            raise RuntimeError('cannot join thread before it is started')
        if current_thread() is self:
            raise RuntimeError('cannot join current thread')
        self._handle.join(None if timeout is None else max(timeout, 0))

    @_of_thread
    def is_alive(self):
        """Whether run() has begun and not yet ended."""
        return self._started.is_set() and not self._is_stopped

    ident = property(_of_thread(lambda self: self._ident), doc='The number of the thread, None before it starts.')
    native_id = property(_of_thread(lambda self: self._native_id), doc="The kernel's number of the thread.")

    @property
    @_of_thread
    def name(self):
        """A word for people; it need not be the only one of its kind."""
        return self._name

    @name.setter
    def name(self, text):
        Thread.name.fget(self)
        self._name = str(text)

    @property
    @_of_thread
    def daemon(self):
        """Whether the program ends without waiting for the thread."""
        return self._daemonic

    @daemon.setter
    def daemon(self, value):
        if not self._initialized:
            raise RuntimeError('Thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = value

    getName = _old_spelling('getName', 'name', 'get the name attribute', lambda self: self.name)
    setName = _old_spelling('setName', 'name', 'set the name attribute',
                            lambda self, name: setattr(self, 'name', name))
    isDaemon = _old_spelling('isDaemon', 'daemon', 'get the daemon attribute', lambda self: self.daemon)
    setDaemon = _old_spelling('setDaemon', 'daemon', 'set the daemon attribute',
                              lambda self, daemonic: setattr(self, 'daemon', daemonic))


def excepthook(args, /):
    """Report an exception that a thread's run() let out."""
    if args.exc_type is SystemExit:
        return
    # When the program has none any more, the thread's, from when it was made.
    stderr = _sys.stderr if _sys.stderr is not None else getattr(args.thread, '_stderr', None)
    if stderr is None:
        return
    name = args.thread.name if args.thread is not None else get_ident()
    print(f'Exception in thread {name}:', file=stderr, flush=True)
    if stderr is _sys.stderr:
        _sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)
    else:
        import traceback
        traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=stderr)
    stderr.flush()


__excepthook__ = excepthook


def _make_invoke_excepthook():
    # The hook runs after the thread's work, perhaps while the interpreter ends: keep what it needs.
    old_excepthook = excepthook

    def invoke_excepthook(thread):
        hook = excepthook
        if hook is None:
            hook = old_excepthook
        args = ExceptHookArgs([*_sys.exc_info(), thread])
        try:
            hook(args)
        except Exception as error:
            # What the thread died of is the hook's to tell.
            error.__suppress_context__ = True
            print('Exception in threading.excepthook:', file=_sys.stderr, flush=True)
            _sys.excepthook(type(error), error, error.__traceback__)

    return invoke_excepthook


class Timer(Thread):
    """Calls a function after some seconds, unless cancel() comes first."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.finished = Event()
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs

    def run(self):
        if not self.finished.wait(self.interval):
            self.function(*self.args, **self.kwargs)
            self.finished.set()

    def cancel(self):
        """The function is not called, if it was not yet."""
        self.finished.set()


class _FoundThread(Thread):
    """A thread that ran before it had an object of this module."""

    def __init__(self, name, daemon):
        super().__init__(name=name, daemon=daemon)
        self._ident, self._native_id, self._handle = get_ident(), get_native_id(), _thread._main_handle()
        self._started.set()
        with _active_lock:
            _active[self._ident] = self


class _MainThread(_FoundThread):
    """The thread that runs the script."""

    def __init__(self):
        super().__init__('MainThread', False)


class _DummyThread(_FoundThread):
    """Stands for a running thread that this module did not start."""

    def __init__(self):
        super().__init__(_new_name('Dummy-%d'), True)

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise AssertionError('cannot join a dummy thread')


def current_thread():
    """The Thread object of the running thread."""
    thread = _active.get(get_ident())
    return _DummyThread() if thread is None else thread


def enumerate():
    """A list of all threads that are alive."""
    with _active_lock:
        return list(_active.values()) + list(_starting)


def active_count():
    """How many threads are alive."""
    return len(enumerate())


currentThread = _old_spelling('currentThread', 'current_thread', 'use current_thread()', lambda: current_thread())
activeCount = _old_spelling('activeCount', 'active_count', 'use active_count()', lambda: active_count())


def main_thread():
    """The thread that the interpreter was started from."""
    return _main_thread


def settrace(func):
    """A trace function for all threads started from now on."""
    global _trace_hook
    _trace_hook = func


def gettrace():
    return _trace_hook


def setprofile(func):
    """A profile function for all threads started from now on."""
    global _profile_hook
    _profile_hook = func


def getprofile():
    return _profile_hook


_exit_functions = []
_shutting_down = False


def _register_atexit(function, *args, **kwargs):
    """Call the function before the threads are joined at exit."""
    if _shutting_down:
        raise RuntimeError("can't register atexit after shutdown")
    _exit_functions.append(lambda: function(*args, **kwargs))


def _shutdown():
    """Called by the interpreter when the main script has ended: waits for every thread that is no daemon."""
    global _shutting_down
    if _main_thread._is_stopped:
        return
    _shutting_down = True
    for function in reversed(_exit_functions):
        function()
    # The script's thread is over for those who wait for its end.
    _main_thread._handle._set_done()
    while True:
        with _active_lock:
            waiting = [t for t in list(_active.values()) + list(_starting)
                       if not t.daemon and t is not _main_thread and not isinstance(t, _DummyThread)]
        if not waiting:
            break
        for thread in waiting:
            thread._started.wait()
            thread._handle.join()


def _after_fork():
    """In the child of a fork only the forking thread lives on."""
    global _active_lock, _active, _main_thread, _shutting_down
    _active_lock = Lock()
    _shutting_down = False
    current = _active.get(get_ident())
    for thread in list(_active.values()):
        if thread is not current and thread._handle is not None:
            thread._handle._set_done()
    _starting.clear()
    _active = {}
    if current is not None:
        current._native_id = get_native_id()
        _active[get_ident()] = current
        _main_thread = current


_main_thread = _MainThread()

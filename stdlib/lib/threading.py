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

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX', 'Event',
           'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError', 'Timer',
           'ThreadError', 'setprofile', 'settrace', 'local', 'stack_size', 'excepthook', 'ExceptHookArgs', 'getprofile',
           'gettrace', 'get_native_id']

Lock = _thread.allocate_lock
ThreadError = _thread.error
_RLock = _CRLock = _thread.RLock
_HAVE_THREAD_NATIVE_ID = True


class _PyRLock:
    """What RLock does, in the language itself."""

    def __init__(self):
        self._block = Lock()
        self._owner = None
        self._count = 0

    def __repr__(self):
        cls = self.__class__
        status = 'locked' if self._block.locked() else 'unlocked'
        return f'<{status} {cls.__module__}.{cls.__qualname__} object owner={self._owner} count={self._count} at {id(self):#x}>'

    def _at_fork_reinit(self):
        self._block._at_fork_reinit()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock, once more when this thread has it already."""
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return 1
        taken = self._block.acquire(blocking, timeout)
        if taken:
            self._owner = me
            self._count = 1
        return taken

    __enter__ = acquire

    def release(self):
        """Let go of the lock, once."""
        if self._owner != get_ident():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __exit__(self, *exc_info):
        self.release()

    # For Condition.

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError('cannot release un-acquired lock')
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._owner == get_ident() else 0


def RLock(*args, **kwargs):
    """A lock that the thread that holds it may acquire again."""
    if _CRLock is None:
        return _PyRLock(*args, **kwargs)
    return _CRLock(*args, **kwargs)


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
        self._lock._at_fork_reinit()
        self._waiters.clear()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

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

    def notifyAll(self):
        """The deprecated name of notify_all."""
        import warnings
        warnings.warn('notifyAll() is deprecated, use notify_all() instead', DeprecationWarning, stacklevel=2)
        self.notify_all()


class Semaphore:
    """Counts permits: acquire takes one and waits when there is none, release gives some back."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}>'

    def acquire(self, blocking=True, timeout=None):
        """Take a permit; False when there was none (in time)."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._value and not (blocking and self._await_permit(timeout)):
                return False
            self._value -= 1
        return True

    __enter__ = acquire

    def _await_permit(self, timeout):
        return self._cond.wait_for(lambda: self._value, timeout)

    def release(self, n=1):
        """Give n permits back."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, *exc_info):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that may not be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}/{self._initial_value}>'

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError('Semaphore released too many times')
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        cls = self.__class__
        status = 'set' if self._flag else 'unset'
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {status}>'

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        return self._flag

    def isSet(self):
        """The deprecated name of is_set."""
        import warnings
        warnings.warn('isSet() is deprecated, use is_set() instead', DeprecationWarning, stacklevel=2)
        return self.is_set()

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set; False when the timeout came first."""
        with self._cond:
            signaled = self._flag
            if not signaled:
                signaled = self._cond.wait(timeout)
            return signaled


class BrokenBarrierError(RuntimeError):
    """The barrier was reset or aborted while a thread waited, or a wait timed out."""


class Barrier:
    """A point that a fixed number of threads pass together."""

    # _state: 0 filling, 1 draining, -1 resetting, -2 broken

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = 0
        self._count = 0

    def __repr__(self):
        cls = self.__class__
        if self.broken:
            return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: broken>'
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: waiters={self.n_waiting}/{self.parties}>'

    def wait(self, timeout=None):
        """Wait for the others; the return value, from 0 to parties - 1, is different for each thread."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            # The last round may still be leaving.
            while self._state in (-1, 1):
                self._cond.wait()
            if self._state < 0:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._open()
                else:
                    self._await_opening(timeout)
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (-1, 1):
                    self._state = 0
                    self._cond.notify_all()

    def _open(self):
        try:
            if self._action:
                self._action()
            self._state = 1
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _await_opening(self, timeout):
        if not self._cond.wait_for(lambda: self._state != 0, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    def reset(self):
        """Back to the beginning; threads that wait get BrokenBarrierError."""
        with self._cond:
            if self._count > 0:
                if self._state == 0:
                    self._state = -1
                elif self._state == -2:
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        """Break the barrier for good (until reset)."""
        with self._cond:
            self._break()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == 0 else 0

    @property
    def broken(self):
        return self._state == -2


class Thread:
    """A thread of control: start() runs run() in it, join() waits for its end."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _new_name()
            if target is not None:
                try:
                    name += f' ({target.__name__})'
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._handle = None
        self._ident = None
        self._native_id = None
        self._started = Event()
        self._initialized = True
        self._invoke_excepthook = _make_invoke_excepthook()

    def __repr__(self):
        assert self._initialized, 'Thread.__init__() was not called'
        status = 'initial'
        if self._started.is_set():
            status = 'started'
        if self._is_stopped:
            status = 'stopped'
        if self._daemonic:
            status += ' daemon'
        if self._ident is not None:
            status += ' %s' % self._ident
        return '<%s(%s, %s)>' % (self.__class__.__name__, self._name, status)

    @property
    def _is_stopped(self):
        handle = self._handle
        return handle is not None and handle.is_done()

    def start(self):
        """Start the thread; at most once for each object."""
        if not getattr(self, '_initialized', False):
            raise RuntimeError('thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('threads can only be started once')
        with _active_lock:
            _starting[self] = self
        try:
            self._handle = _thread._start_joinable(self._bootstrap)
        except Exception:
            with _active_lock:
                del _starting[self]
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
        if not getattr(self, '_initialized', False):
            raise RuntimeError('Thread.__init__() not called')
        if not self._started.is_set():
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        if timeout is not None and timeout < 0:
            timeout = 0
        self._handle.join(timeout)

    def is_alive(self):
        assert self._initialized, 'Thread.__init__() not called'
        return self._started.is_set() and not self._is_stopped

    @property
    def name(self):
        assert self._initialized, 'Thread.__init__() not called'
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, 'Thread.__init__() not called'
        self._name = str(name)

    @property
    def ident(self):
        assert self._initialized, 'Thread.__init__() not called'
        return self._ident

    @property
    def native_id(self):
        assert self._initialized, 'Thread.__init__() not called'
        return self._native_id

    @property
    def daemon(self):
        assert self._initialized, 'Thread.__init__() not called'
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError('Thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = daemonic

    def isDaemon(self):
        import warnings
        warnings.warn('isDaemon() is deprecated, get the daemon attribute instead', DeprecationWarning, stacklevel=2)
        return self.daemon

    def setDaemon(self, daemonic):
        import warnings
        warnings.warn('setDaemon() is deprecated, set the daemon attribute instead', DeprecationWarning, stacklevel=2)
        self.daemon = daemonic

    def getName(self):
        import warnings
        warnings.warn('getName() is deprecated, get the name attribute instead', DeprecationWarning, stacklevel=2)
        return self.name

    def setName(self, name):
        import warnings
        warnings.warn('setName() is deprecated, set the name attribute instead', DeprecationWarning, stacklevel=2)
        self.name = name


class ExceptHookArgs(tuple):
    """What excepthook gets: exc_type, exc_value, exc_traceback, thread."""

    __slots__ = ()

    def __new__(cls, sequence):
        items = tuple(sequence)
        if len(items) != 4:
            raise TypeError('ExceptHookArgs() takes a 4-sequence (%d-sequence given)' % len(items))
        return super().__new__(cls, items)

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        return ('_thread._ExceptHookArgs(exc_type=%r, exc_value=%r, exc_traceback=%r, thread=%r)' % tuple(self))


def excepthook(args, /):
    """Report an exception that a thread's run() let out."""
    if args.exc_type is SystemExit:
        return
    stderr = _sys.stderr
    if stderr is None:
        if args.thread is None:
            return
        stderr = getattr(args.thread, '_stderr', None)
        if stderr is None:
            return
    name = args.thread.name if args.thread is not None else get_ident()
    print(f'Exception in thread {name}:', file=stderr, flush=True)
    _sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)
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
            print('Exception in threading.excepthook:', file=_sys.stderr, flush=True)
            _sys.excepthook(type(error), error, error.__traceback__)

    return invoke_excepthook


class Timer(Thread):
    """Calls a function after some seconds, unless cancel() comes first."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    """The thread that runs the script."""

    def __init__(self):
        Thread.__init__(self, name='MainThread', daemon=False)
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._handle = _thread._main_handle()
        self._started.set()
        _active[self._ident] = self


class _DummyThread(Thread):
    """Stands for a running thread that this module did not start."""

    def __init__(self):
        Thread.__init__(self, name=_new_name('Dummy-%d'), daemon=True)
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._handle = _thread._main_handle()
        self._started.set()
        with _active_lock:
            _active[self._ident] = self

    def is_alive(self):
        return True

    def join(self, timeout=None):
        assert False, 'cannot join a dummy thread'


def current_thread():
    """The Thread object of the running thread."""
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def currentThread():
    """The deprecated name of current_thread."""
    import warnings
    warnings.warn('currentThread() is deprecated, use current_thread() instead', DeprecationWarning, stacklevel=2)
    return current_thread()


def active_count():
    """How many threads are alive."""
    with _active_lock:
        return len(_active) + len(_starting)


def activeCount():
    """The deprecated name of active_count."""
    import warnings
    warnings.warn('activeCount() is deprecated, use active_count() instead', DeprecationWarning, stacklevel=2)
    return active_count()


def enumerate():
    """A list of all threads that are alive."""
    with _active_lock:
        return list(_active.values()) + list(_starting)


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

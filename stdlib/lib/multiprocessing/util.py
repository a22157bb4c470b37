"""What the modules of this package share: finalizers, what is to be done in the child of a fork, logging."""
import atexit
import contextlib
import itertools
import os
import sys
import threading
import weakref

NOTSET, SUBDEBUG, DEBUG, INFO, SUBWARNING = 0, 5, 10, 20, 25
LOGGER_NAME = 'multiprocessing'
DEFAULT_LOGGING_FORMAT = '[%(levelname)s/%(processName)s] %(message)s'

# Linux has Unix sockets whose names lie in no file system.
abstract_sockets_supported = sys.platform == 'linux'


def is_abstract_socket_namespace(address):
    """Whether an address (text or bytes) is such a name: it begins with a zero."""
    if not address:
        return False
    if isinstance(address, bytes):
        return address[0] == 0
    if isinstance(address, str):
        return address[0] == '\0'
    raise TypeError(f'address type of {address!r} unrecognized')


_logger = None
_log_to_stderr = False


def _logs(level):
    def log(message, *args):
        if _logger is not None:
            _logger.log(level, message, *args)
    return log


sub_debug, debug, info, sub_warning = map(_logs, (SUBDEBUG, DEBUG, INFO, SUBWARNING))


def get_logger():
    """The logger of this package. Until somebody asks for it nothing is logged."""
    global _logger
    if _logger is None:
        from logging import getLogger
        _logger = getLogger(LOGGER_NAME)
        _logger.propagate = 0
    return _logger


def log_to_stderr(level=None):
    """Have what is logged written to stderr; the logger."""
    global _log_to_stderr
    from logging import Formatter, StreamHandler
    handler = StreamHandler()
    handler.setFormatter(Formatter(DEFAULT_LOGGING_FORMAT))
    get_logger().addHandler(handler)
    if level:
        _logger.setLevel(level)
    _log_to_stderr = True
    return _logger


def get_temp_dir():
    """A folder of this process family, removed in the end."""
    from .process import current_process
    config = current_process()._config
    if config.get('tempdir') is None:
        from shutil import rmtree
        from tempfile import mkdtemp
        folder = config['tempdir'] = mkdtemp(prefix='pymp-')

        def remove():
            # Whoever asks afterwards gets another one.
            config['tempdir'] = None
            rmtree(folder, ignore_errors=True)

        Finalize(None, remove, exitpriority=-100)
    return config['tempdir']


# --- in the child of a fork ---

# Each entry has a number, by which they are called in the order in which they came.
_afterfork_registry = weakref.WeakValueDictionary()
_afterfork_counter = itertools.count()


def register_after_fork(obj, func):
    """Call func(obj) in each child that is forked while the object lives."""
    key = next(_afterfork_counter), id(obj), func
    _afterfork_registry[key] = obj


def _run_after_forkers():
    for key in sorted(_afterfork_registry, key=lambda key: key[0]):
        obj, func = _afterfork_registry.get(key), key[2]
        try:
            if obj is not None:
                func(obj)
        except Exception as problem:
            info('after forker raised exception %s', problem)


# --- finalizers ---

# (priority, number): the Finalize object that is still to be called.
_finalizer_registry = {}
_finalizer_counter = itertools.count()


class Finalize:
    """A call that is made once: when an object dies, when it is called, or at the end of the process by its priority."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if not isinstance(exitpriority, (int, type(None))):
            raise TypeError(f'Exitpriority ({exitpriority!r}) must be None or int, not {type(exitpriority)}')
        if obj is None and exitpriority is None:
            raise ValueError('Without object, exitpriority cannot be None')
        self._weakref = None if obj is None else weakref.ref(obj, self)
        self._callback, self._args, self._kwargs = callback, args, kwargs or {}
        self._key, self._pid = (exitpriority, next(_finalizer_counter)), os.getpid()
        _finalizer_registry[self._key] = self

    def _take_out(self):
        """Whether the call was still to come; from now on it is not."""
        return _finalizer_registry.pop(self._key, None) is not None

    def _forget(self):
        self._weakref = self._callback = self._args = self._kwargs = self._key = None

    def __call__(self, wr=None):
        if not self._take_out():
            return None
        # A child of a fork does not undo what is its parent's.
        mine = self._pid == os.getpid()
        outcome = self._callback(*self._args, **self._kwargs) if mine else None
        self._forget()
        return outcome

    def cancel(self):
        """Never make the call."""
        if self._take_out():
            self._forget()

    def still_active(self):
        """May the call still come?"""
        return self._key in _finalizer_registry

    def __repr__(self):
        owner = self._weakref and self._weakref()
        if owner is None:
            return f'<{type(self).__name__} object, dead>'
        priority = self._key[0]
        fields = {'callback': getattr(self._callback, '__name__', self._callback), 'args': self._args or None,
                  'kwargs': self._kwargs or None, 'exitpriority': priority}
        shown = ', '.join(f'{name}={value}' for name, value in fields.items() if value is not None)
        return f'<{type(self).__name__} object, {shown}>'


def _run_finalizers(minpriority=None):
    """Make the calls that have a priority, of at least minpriority, the highest first."""
    lowest = float('-inf') if minpriority is None else minpriority
    keys = [key for key in list(_finalizer_registry) if key[0] is not None and key[0] >= lowest]
    for key in sorted(keys, reverse=True):
        try:
            # One may have cancelled the next.
            _finalizer_registry.get(key, _nothing)()
        except Exception:
            from traceback import print_exc
            print_exc()
    if minpriority is None:
        _finalizer_registry.clear()


def _nothing():
    pass


# --- the end of the process ---

_exiting = False


def is_exiting():
    """Is the process about to end?"""
    return _exiting is None or _exiting


def _set_exiting(exiting):
    global _exiting
    _exiting = exiting


def _exit_function():
    """Ends the children that are daemons, and waits for the others."""
    if _exiting:
        return
    _set_exiting(True)
    info('process shutting down')
    _run_finalizers(minpriority=0)
    from .process import active_children, current_process
    if current_process() is not None:
        for daemon in [child for child in active_children() if child.daemon]:
            info('calling terminate() for daemon %s', daemon.name)
            daemon._popen.terminate()
        for child in active_children():
            info('calling join() for process %s', child.name)
            child.join()
    _run_finalizers()


atexit.register(_exit_function)
os.register_at_fork(after_in_child=lambda: _set_exiting(False))


class ForkAwareThreadLock:
    """A lock that is free in the child of a fork."""

    def __init__(self):
        self._lock = lock = threading.Lock()
        self.acquire, self.release = lock.acquire, lock.release
        register_after_fork(self, lambda owner: owner._lock._at_fork_reinit())

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class ForkAwareLocal(threading.local):
    """A thread-local object that is empty in the child of a fork."""

    def __init__(self):
        register_after_fork(self, lambda owner: vars(owner).clear())

    def __reduce__(self):
        return type(self), ()


# --- streams and descriptors ---

def _close_stdin():
    """Children do not compete for what is typed."""
    if sys.stdin is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stdin.close()
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_RDONLY)
        sys.stdin = open(nothing, encoding='utf-8', closefd=False)


def _flush_std_streams():
    for name in ('stdout', 'stderr'):
        with contextlib.suppress(AttributeError, ValueError):
            getattr(sys, name).flush()


def spawnv_passfds(path, args, passfds):
    """Start a program with only these descriptors beside the standard ones; its process id."""
    from _posixsubprocess import fork_exec
    kept = tuple(sorted(map(int, passfds)))
    errors = os.pipe()
    unchanged = (-1,) * 6
    try:
        return fork_exec(args, [os.fsencode(path)], True, kept, None, None, *unchanged, *errors,
                         False, False, -1, None, None, None, -1, None, True)
    finally:
        close_fds(*errors)


def close_fds(*fds):
    """Close each descriptor."""
    for fd in fds:
        os.close(fd)


def _cleanup_tests():
    """For the end of a test-suite: nothing of this package runs any more."""
    from gc import collect
    from . import forkserver, process, resource_tracker
    collect()
    process._cleanup()
    forkserver._forkserver._stop()
    # While there is still a tracker to be told that a name is gone.
    _run_finalizers()
    resource_tracker._resource_tracker._stop()
    collect()

"""What the modules of this package share: finalizers, what is to be done in the child of a fork, logging."""
import atexit
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


def _log(level, message, *args):
    if _logger:
        _logger.log(level, message, *args)


def sub_debug(message, *args):
    _log(SUBDEBUG, message, *args)


def debug(message, *args):
    _log(DEBUG, message, *args)


def info(message, *args):
    _log(INFO, message, *args)


def sub_warning(message, *args):
    _log(SUBWARNING, message, *args)


def get_logger():
    """The logger of this package."""
    global _logger
    import logging
    if not _logger:
        _logger = logging.getLogger(LOGGER_NAME)
        _logger.propagate = 0
    return _logger


def log_to_stderr(level=None):
    """Have what is logged written to stderr; the logger."""
    global _log_to_stderr
    import logging
    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


def get_temp_dir():
    """A folder of this process family, removed in the end."""
    from . import process
    folder = process.current_process()._config.get('tempdir')
    if folder is None:
        import shutil
        import tempfile
        folder = tempfile.mkdtemp(prefix='pymp-')
        Finalize(None, shutil.rmtree, args=(folder,), kwargs={'ignore_errors': True}, exitpriority=-100)
        process.current_process()._config['tempdir'] = folder
    return folder


# --- in the child of a fork ---

_afterfork_registry = weakref.WeakValueDictionary()
_afterfork_counter = itertools.count()


def register_after_fork(obj, func):
    """Call func(obj) in each child that is forked while the object lives."""
    _afterfork_registry[(next(_afterfork_counter), id(obj), func)] = obj


def _run_after_forkers():
    for (index, ident, func), obj in sorted(_afterfork_registry.items(), key=lambda item: item[0][0]):
        try:
            func(obj)
        except Exception as problem:
            info('after forker raised exception %s', problem)


# --- finalizers ---

_finalizer_registry = {}
_finalizer_counter = itertools.count()


class Finalize:
    """A call that is made once: when an object dies, when it is called, or at the end of the process by its priority."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if exitpriority is not None and not isinstance(exitpriority, int):
            raise TypeError('Exitpriority ({0!r}) must be None or int, not {1!s}'.format(exitpriority, type(exitpriority)))
        if obj is not None:
            self._weakref = weakref.ref(obj, self)
        elif exitpriority is None:
            raise ValueError('Without object, exitpriority cannot be None')
        else:
            self._weakref = None
        self._callback = callback
        self._args = args
        self._kwargs = kwargs or {}
        self._key = (exitpriority, next(_finalizer_counter))
        self._pid = os.getpid()
        _finalizer_registry[self._key] = self

    def __call__(self, wr=None):
        try:
            del _finalizer_registry[self._key]
        except KeyError:
            return None  # it was made, or cancelled
        result = None
        if self._pid == os.getpid():  # a child of a fork does not undo what is its parent's
            result = self._callback(*self._args, **self._kwargs)
        self._forget()
        return result

    def _forget(self):
        self._weakref = self._callback = self._args = self._kwargs = self._key = None

    def cancel(self):
        """Never make the call."""
        if _finalizer_registry.pop(self._key, None) is not None:
            self._forget()

    def still_active(self):
        """May the call still come?"""
        return self._key in _finalizer_registry

    def __repr__(self):
        target = self._weakref() if self._weakref else None
        if self._callback is None:
            return f'<{type(self).__name__} object, dead>'
        return f'<{type(self).__name__} object, callback={getattr(self._callback, "__name__", self._callback)}>' \
            if target is None else f'<{type(self).__name__} object, callback={self._callback}, for {target!r}>'


def _run_finalizers(minpriority=None):
    """Make the calls that have a priority, of at least minpriority, the highest first."""
    def wanted(key):
        return key[0] is not None and (minpriority is None or key[0] >= minpriority)
    for key in sorted(filter(wanted, list(_finalizer_registry)), reverse=True):
        finalizer = _finalizer_registry.get(key)
        if finalizer is not None:
            try:
                finalizer()
            except Exception:
                import traceback
                traceback.print_exc()
    if minpriority is None:
        _finalizer_registry.clear()


_exiting = False


def is_exiting():
    """Is the process about to end?"""
    return _exiting or _exiting is None


def _exit_function():
    # At the end of a process: daemonic children are ended, the others joined.
    global _exiting
    if _exiting:
        return
    _exiting = True
    from .process import active_children, current_process
    info('process shutting down')
    _run_finalizers(0)
    if current_process() is not None:
        for child in active_children():
            if child.daemon:
                info('calling terminate() for daemon %s', child.name)
                child._popen.terminate()
        for child in active_children():
            info('calling join() for process %s', child.name)
            child.join()
    _run_finalizers()


atexit.register(_exit_function)


def _reset_exiting():
    global _exiting
    _exiting = False


os.register_at_fork(after_in_child=_reset_exiting)


class ForkAwareThreadLock:
    """A lock that is free in the child of a fork."""

    def __init__(self):
        self._lock = threading.Lock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        register_after_fork(self, ForkAwareThreadLock._at_fork_reinit)

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class ForkAwareLocal(threading.local):
    """A thread-local object that is empty in the child of a fork."""

    def __init__(self):
        register_after_fork(self, lambda obj: obj.__dict__.clear())

    def __reduce__(self):
        return type(self), ()


def _close_stdin():
    # Children do not compete for what is typed.
    if sys.stdin is None:
        return
    try:
        sys.stdin.close()
    except (OSError, ValueError):
        pass
    try:
        fd = os.open(os.devnull, os.O_RDONLY)
        sys.stdin = open(fd, encoding='utf-8', closefd=False)
    except (OSError, ValueError):
        pass


def _flush_std_streams():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass


def spawnv_passfds(path, args, passfds):
    """Start a program with only these descriptors beside the standard ones; its process id."""
    import _posixsubprocess
    read, write = os.pipe()
    try:
        return _posixsubprocess.fork_exec(args, [os.fsencode(path)], True, tuple(sorted(map(int, passfds))), None, None,
                                          -1, -1, -1, -1, -1, -1, read, write, False, False, -1, None, None, None, -1,
                                          None, True)
    finally:
        os.close(read)
        os.close(write)


def close_fds(*fds):
    """Close each descriptor."""
    for fd in fds:
        os.close(fd)


def _cleanup_tests():
    """For the end of a test-suite: nothing of this package runs any more."""
    import gc
    from . import process, resource_tracker
    process._cleanup()
    resource_tracker._resource_tracker._stop()
    gc.collect()

"""The object that stands for a process, in its parent and in the process itself.

How the process is made is a Popen's affair (popen_fork.py, popen_spawn_posix.py), which calls _bootstrap in the child.
Three more objects have this interface: of the process that was not started from here (_MainProcess), of the parent as a
child sees it (_ParentProcess), and current_process() is whichever of them runs.
"""
import itertools
import os
import sys
import threading
from _weakrefset import WeakSet

__all__ = ['BaseProcess', 'current_process', 'active_children', 'parent_process']

try:
    ORIGINAL_DIR = os.path.abspath(os.getcwd())
except OSError:
    ORIGINAL_DIR = None

_children, _dangling = set(), WeakSet()
_process_counter = itertools.count(1)


def current_process():
    """The object of the running process."""
    return _current_process


def parent_process():
    """The object of the parent process; None in the one that was not started from here."""
    return _parent_process


def active_children():
    """The child processes that are alive; those that have ended are joined by the way."""
    _cleanup()
    return [*_children]


def _cleanup():
    ended = [child for child in list(_children) if (popen := child._popen) and popen.poll() is not None]
    _children.difference_update(ended)


def _require(condition, message):
    """Misuse of a process is an AssertionError here, under -O too."""
    if not condition:
        raise AssertionError(message)


class BaseProcess:
    """A process: start() runs run() in it, join() waits for its end."""

    _start_method = None  # the one it is bound to; None: the one of the default context
    _popen, _closed = None, False

    def _Popen(self):
        raise NotImplementedError

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        _require(group is None, 'group argument must be None for now')
        parent = _current_process
        self._parent_pid, self._parent_name = os.getpid(), parent.name
        self._config = dict(parent._config)
        self._identity = *parent._identity, next(_process_counter)
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self._name = name or f'{type(self).__name__}-{":".join(map(str, self._identity))}'
        if daemon is not None:
            self.daemon = daemon
        _dangling.add(self)

    def _check_closed(self):
        if self._closed:
            raise ValueError('process object is closed')

    def _is_ours(self):
        return self._parent_pid == os.getpid()

    # --- a life ---

    def start(self):
        """Start the process; at most once for each object."""
        self._check_closed()
        _require(self._popen is None, 'cannot start a process twice')
        _require(self._is_ours(), 'can only start a process object created by current process')
        _require(not _current_process.daemon, 'daemonic processes are not allowed to have children')
        _cleanup()
        popen = self._popen = self._Popen(self)
        self._sentinel = popen.sentinel
        _children.add(self)
        # What it works on is the child's now; a reference from here could keep it alive for ever.
        for name in '_target', '_args', '_kwargs':
            delattr(self, name)

    def run(self):
        """What the process does: the target, unless a subclass overrides it."""
        if target := self._target:
            target(*self._args, **self._kwargs)

    def _signal(self, name):
        self._check_closed()
        getattr(self._popen, name)()

    def terminate(self):
        """Send SIGTERM to the process."""
        self._signal('terminate')

    def kill(self):
        """Send SIGKILL to the process."""
        self._signal('kill')

    def join(self, timeout=None):
        """Wait until the process ends, at most `timeout` seconds."""
        self._check_closed()
        _require(self._is_ours(), 'can only join a child process')
        _require(self._popen is not None, 'can only join a started process')
        self._has_ended(self._popen.wait(timeout))

    def is_alive(self):
        """Does the process run?"""
        self._check_closed()
        if self is _current_process:
            return True
        _require(self._is_ours(), 'can only test a child process')
        return self._popen is not None and not self._has_ended(self._popen.poll())

    def _has_ended(self, code):
        """Does this exit code mean so? If it does it is a child no longer."""
        if code is None:
            return False
        _children.discard(self)
        return True

    def close(self):
        """Let go of what belongs to the object; the process must have ended."""
        popen = self._popen
        if popen is not None:
            if not self._has_ended(popen.poll()):
                raise ValueError('Cannot close a process while it is still running. '
                                 'You should first call join() or terminate().')
            popen.close()
            self._popen = None
            del self._sentinel
        self._closed = True

    # --- what there is to know ---

    name = property(lambda self: self._name, doc='For people: two processes may have the same.')

    @name.setter
    def name(self, name):
        _require(isinstance(name, str), 'name must be a string')
        self._name = name

    @property
    def daemon(self):
        """Is the process ended with its parent?"""
        return self._config.get('daemon', False)

    @daemon.setter
    def daemon(self, daemonic):
        _require(self._popen is None, 'process has already started')
        self._config['daemon'] = daemonic

    @property
    def authkey(self):
        """The secret by which processes of one family know each other."""
        return self._config['authkey']

    @authkey.setter
    def authkey(self, authkey):
        self._config['authkey'] = AuthenticationString(authkey)

    @property
    def exitcode(self):
        """The exit code, minus the signal that ended it, or None while it runs."""
        self._check_closed()
        return self._popen and self._popen.poll()

    @property
    def ident(self):
        """The process id; None before the start."""
        self._check_closed()
        return os.getpid() if self is _current_process else self._popen and self._popen.pid

    pid = ident

    @property
    def sentinel(self):
        """A descriptor that is ready to be read when the process has ended."""
        self._check_closed()
        if not hasattr(self, '_sentinel'):
            raise ValueError('process not started')
        return self._sentinel

    def _status(self):
        """In a word, and the exit code if there is one."""
        if self is _current_process:
            return 'started', None
        if self._closed:
            return 'closed', None
        if not self._is_ours():
            return 'unknown', None
        if self._popen is None:
            return 'initial', None
        code = self._popen.poll()
        return ('started' if code is None else 'stopped'), code

    def __repr__(self):
        status, code = self._status()
        facts = [type(self).__name__, f'name={self._name!r}', self._popen is not None and f'pid={self._popen.pid}',
                 f'parent={self._parent_pid}', status, code is not None and f'exitcode={_exit_name(code)}',
                 self.daemon and 'daemon']
        return f'<{" ".join(filter(None, facts))}>'

    # --- in the process itself ---

    def _bootstrap(self, parent_sentinel=None):
        """The life of the process, in the process itself: from its start to its exit code."""
        from . import util
        code = 1
        try:
            self._become_current(parent_sentinel)
            util.info('child process calling self.run()')
            try:
                self.run()
            finally:
                util._exit_function()
            code = 0
        except SystemExit as problem:
            code = _exit_status(problem.code)
        except:
            import traceback
            sys.stderr.write(f'Process {self.name}:\n')
            traceback.print_exc()
        finally:
            threading._shutdown()
            util.info('process exiting with exitcode %d' % code)
            util._flush_std_streams()
        return code

    def _become_current(self, parent_sentinel):
        global _children, _current_process, _parent_process, _process_counter
        from . import context, util
        if self._start_method is not None:
            context._force_start_method(self._start_method)
        util._close_stdin()
        _children, _process_counter = set(), itertools.count(1)
        _current_process = self
        _parent_process = _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
        self._after_fork()

    @staticmethod
    def _after_fork():
        from . import util
        util._finalizer_registry.clear()
        util._run_after_forkers()


def _exit_status(code):
    """What the argument of sys.exit means; anything but a number is written out."""
    if code is None:
        return 0
    if not isinstance(code, int):
        sys.stderr.write(f'{code}\n')
        return 1
    return code


def _exit_name(code):
    """-SIGTERM and its kin, or the number."""
    import signal
    try:
        return '-' + signal.Signals(-code).name if code < 0 else code
    except ValueError:
        return code


class AuthenticationString(bytes):
    """A key that is given to children, and to nobody else."""

    def __reduce__(self):
        from . import context
        if context.get_spawning_popen() is None:
            raise TypeError('Pickling an AuthenticationString object is disallowed for security reasons')
        return AuthenticationString, (bytes(self),)


class _ParentProcess(BaseProcess):
    """The parent, as its child sees it: it can be waited for."""

    _identity, _parent_pid = (), None

    def __init__(self, name, pid, sentinel):
        self._name, self._pid, self._sentinel, self._config = name, pid, sentinel, {}

    def _wait(self, timeout):
        from . import connection
        return connection.wait([self._sentinel], timeout=timeout)

    def is_alive(self):
        return not self._wait(0)

    def join(self, timeout=None):
        self._wait(timeout)

    ident = pid = property(lambda self: self._pid)


class _MainProcess(BaseProcess):
    """The process that was not started from here."""

    _identity, _parent_pid, _name = (), None, 'MainProcess'

    def __init__(self):
        self._config = {'authkey': AuthenticationString(os.urandom(32)), 'semprefix': '/mp'}

    def close(self):
        """It cannot be let go of."""


_current_process, _parent_process = _MainProcess(), None

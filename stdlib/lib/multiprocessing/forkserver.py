"""A process without threads that forks off others on request.

A fork copies locks as they are, which is dangerous beside running threads; a new interpreter is safe and slow to start.
The server is started once, as a new interpreter, and forks itself for everybody in the family. A request is a
connection to its socket that carries descriptors: where the new process finds its description, where the server is to
tell about it (the process id at once, the exit code when it has ended), and what the process inherits. The server ends
when the last process that holds its life line has ended.
"""
import os
import selectors
import signal
import socket
import struct
import sys
import threading
import warnings
from . import connection, process, reduction, resource_tracker, spawn, util

__all__ = ['ensure_running', 'get_inherited_fds', 'connect_to_new_process', 'set_forkserver_preload']

MAXFDS_TO_SEND = 256
SIGNED_STRUCT = struct.Struct('q')
# What goes with every request: the description, the news, the life line, the tracker's pipe.
_FIXED = 4


class ForkServer:
    """The server, as the processes that use it see it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._address = self._life_line = self._forkserver_pid = self._inherited = None
        self._preload = ['__main__']

    def set_forkserver_preload(self, modules_names):
        """Name the modules that the server imports when it starts."""
        if not all(type(name) is str for name in modules_names):
            raise TypeError('module_names must be a list of strings')
        self._preload = modules_names

    def get_inherited_fds(self):
        """The descriptors that this process got from its parent; None if it was not made by a server."""
        return self._inherited

    def connect_to_new_process(self, fds):
        """Have a process made that inherits these; (its news, to be read; its description, to be written)."""
        self.ensure_running()
        if len(fds) + _FIXED >= MAXFDS_TO_SEND:
            raise ValueError('too many fds')
        description, ours = os.pipe()
        news, theirs = os.pipe()
        try:
            with socket.socket(socket.AF_UNIX) as request:
                request.connect(self._address)
                reduction.sendfds(request, [description, theirs, self._life_line, resource_tracker.getfd(), *fds])
        except BaseException:
            util.close_fds(ours, news)
            raise
        finally:
            util.close_fds(description, theirs)
        return news, ours

    def ensure_running(self):
        """Start the server unless it runs."""
        with self._lock:
            resource_tracker.ensure_running()
            if self._forkserver_pid is not None and self._has_ended():
                util.close_fds(self._life_line)
                self._address = self._life_line = self._forkserver_pid = None
            if self._address is None:
                self._launch()

    def _has_ended(self):
        try:
            return os.waitpid(self._forkserver_pid, os.WNOHANG)[0] != 0
        except ChildProcessError:
            return True

    def _launch(self):
        import subprocess
        main = {key: value for key, value in spawn.get_preparation_data('ignore').items()
                if key in ('sys_path', 'init_main_from_path')} if self._preload else {}
        read, write = os.pipe()
        try:
            with socket.socket(socket.AF_UNIX) as listener:
                address = connection.arbitrary_address('AF_UNIX')
                listener.bind(address)
                if not util.is_abstract_socket_namespace(address):
                    os.chmod(address, 0o600)
                listener.listen()
                call = 'main(%d, %d, %r, %r, %r)' % (listener.fileno(), read, self._preload,
                                                     main.get('init_main_from_path'), main.get('sys_path'))
                command = [os.fsdecode(spawn.get_executable()), *subprocess._args_from_interpreter_flags(), '-c',
                           f'from multiprocessing.forkserver import main; {call}']
                self._forkserver_pid = util.spawnv_passfds(spawn.get_executable(), command, [listener.fileno(), read])
        except BaseException:
            os.close(write)
            raise
        finally:
            os.close(read)
        self._address, self._life_line = address, write

    def _stop(self):
        with self._lock:
            if self._life_line is None:
                return
            os.close(self._life_line)
            if self._forkserver_pid is not None:
                os.waitpid(self._forkserver_pid, 0)
            if not util.is_abstract_socket_namespace(self._address):
                os.unlink(self._address)
            self._address = self._life_line = self._forkserver_pid = None


def read_signed(fd):
    """A number that the other process has written whole."""
    data = b''
    while len(data) < SIGNED_STRUCT.size:
        piece = os.read(fd, SIGNED_STRUCT.size - len(data))
        if not piece:
            raise EOFError('unexpected EOF')
        data += piece
    return SIGNED_STRUCT.unpack(data)[0]


def write_signed(fd, number):
    os.write(fd, SIGNED_STRUCT.pack(number))  # shorter than what a pipe takes in one piece


# --- the server itself ---

class _Server:
    """Waits for requests, for ends of children, and for its own end."""

    def __init__(self, listener, life_line):
        self.listener, self.life_line = listener, life_line
        self.children = {}  # process id: where its parent waits for news
        self.wake, self.woken = os.pipe()
        for end in (self.wake, self.woken):
            os.set_blocking(end, False)

    def run(self):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self.woken)
        with selectors.DefaultSelector() as selector:
            for what, deal in ((self.listener, self.serve), (self.life_line, self.leave), (self.wake, self.reap)):
                selector.register(what, selectors.EVENT_READ, deal)
            self.selector = selector
            while True:
                for key, _ in selector.select():
                    key.data()

    def leave(self):
        raise SystemExit  # nobody writes to the line: it is closed everywhere

    def reap(self):
        try:
            while os.read(self.wake, 4096):
                pass
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            news = self.children.pop(pid, None)
            if news is None:
                warnings.warn('forkserver: waitpid returned unexpected pid %d' % pid)
                continue
            try:
                write_signed(news, os.waitstatus_to_exitcode(status))
            except BrokenPipeError:
                pass  # the parent has ended or does not care
            os.close(news)

    def serve(self):
        request, _ = self.listener.accept()
        with request:
            try:
                fds = _receive(request)
            except (EOFError, OSError):
                return
        description, news, *inherited = fds
        pid = os.fork()
        if pid == 0:
            self.become(description, inherited)
        util.close_fds(description, *inherited)
        self.children[pid] = news
        try:
            write_signed(news, pid)
        except BrokenPipeError:
            pass

    def become(self, description, inherited):
        """In the child: forget the server, and do what the description says."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self.selector.close()
            address = self.listener.getsockname()
            self.listener.close()
            util.close_fds(self.life_line, self.wake, self.woken, *self.children.values())
            family = _forkserver
            family._address, family._forkserver_pid = address, None
            family._life_line, tracker, *family._inherited = inherited
            resource_tracker._resource_tracker._fd = tracker
            util._close_stdin()
            code = spawn._main(description, os.dup(description))
        except Exception:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        finally:
            os._exit(code)


def _receive(request):
    """The descriptors of a request, however many they are."""
    message, fds, _, _ = socket.recv_fds(request, 1, MAXFDS_TO_SEND)
    if not message:
        raise EOFError
    request.send(b'A')
    if len(fds) % 256 != message[0] or len(fds) < _FIXED:
        util.close_fds(*fds)
        raise OSError('some descriptors of the request are missing')
    return fds


def main(listener_fd, alive_r, preload, main_path=None, sys_path=None):
    """The life of the server."""
    if sys_path is not None:
        sys.path[:] = sys_path
    if '__main__' in preload and main_path is not None:
        process.current_process()._inheriting = True
        try:
            spawn.import_main_path(main_path)
        finally:
            del process.current_process()._inheriting
    for name in preload:
        if name != '__main__':
            try:
                __import__(name)
            except ImportError:
                pass
    util._close_stdin()
    with socket.socket(fileno=listener_fd) as listener:
        _Server(listener, alive_r).run()


_forkserver = ForkServer()
ensure_running = _forkserver.ensure_running
get_inherited_fds = _forkserver.get_inherited_fds
connect_to_new_process = _forkserver.connect_to_new_process
set_forkserver_preload = _forkserver.set_forkserver_preload

"""An event loop of old times: dispatchers are sockets with methods that are called when something can be done.

Deprecated; use asyncio.
"""
import contextlib
import itertools
import os
import select
import socket
import sys
import time
import warnings
from errno import (EALREADY, EBADF, ECONNABORTED, ECONNRESET, EINPROGRESS, EINVAL, EISCONN, ENOTCONN, EPIPE, ESHUTDOWN,
                   EWOULDBLOCK, errorcode)

warnings.warn('The asyncore module is deprecated and will be removed in Python 3.12. The recommended replacement is asyncio',
              DeprecationWarning, stacklevel=2)

# What send() and recv() say when the other side is gone, and what connect() and accept() say for "not yet".
_DISCONNECTED = frozenset({EBADF, ECONNABORTED, ECONNRESET, ENOTCONN, EPIPE, ESHUTDOWN})
_NOT_YET = frozenset({EALREADY, EINPROGRESS, EWOULDBLOCK})

# A module that is loaded again keeps its dispatchers.
socket_map = globals().get('socket_map', {})


def _strerror(err):
    try:
        return os.strerror(err)
    except (OverflowError, ValueError):
        return errorcode.get(err, f'Unknown error {err}')


class ExitNow(Exception):
    """Ends the loop from a handler."""


_reraised_exceptions = ExitNow, KeyboardInterrupt, SystemExit


def _map_or_default(map):
    return socket_map if map is None else map


# --- the loop ---

class _Errors:
    """Around the handlers of a dispatcher: what goes wrong is told to it, but for what ends the program."""

    def __init__(self, obj, gone=()):
        self.obj, self.gone = obj, gone

    def __enter__(self):
        return self.obj

    def __exit__(self, kind, problem, tb):
        if kind is None or issubclass(kind, _reraised_exceptions):
            return False
        if isinstance(problem, OSError) and problem.errno in self.gone:
            self.obj.handle_close()
        else:
            self.obj.handle_error()
        return True


def read(obj):
    """Something can be read."""
    with _Errors(obj):
        obj.handle_read_event()


def write(obj):
    """Something can be written."""
    with _Errors(obj):
        obj.handle_write_event()


def _exception(obj):
    with _Errors(obj):
        obj.handle_expt_event()


# What poll() may say: the methods that hear of it.
_EVENTS = ((select.POLLIN, 'handle_read_event'), (select.POLLOUT, 'handle_write_event'),
           (select.POLLPRI, 'handle_expt_event'), (select.POLLHUP | select.POLLERR | select.POLLNVAL, 'handle_close'))


def readwrite(obj, flags):
    """What poll() said about a dispatcher."""
    with _Errors(obj, _DISCONNECTED):
        for bits, method in _EVENTS:
            if flags & bits:
                getattr(obj, method)()


def _wishes(map):
    """(descriptor, wants to read?, wants to write?) of each dispatcher."""
    for fd, obj in [*map.items()]:
        reads, writes = obj.readable(), obj.writable()
        # One that accepts has nothing to write.
        yield fd, reads, writes and not obj.accepting, reads or writes


def _tell(map, fds, tell, *flags):
    for fd in fds:
        # The one before may have closed it.
        if (obj := map.get(fd)) is not None:
            tell(obj, *flags)


def poll(timeout=0.0, map=None):
    """One round with select()."""
    map = _map_or_default(map)
    if not map:
        return
    wishes = [*_wishes(map)]
    wanted = [[wish[0] for wish in wishes if wish[which]] for which in (1, 2, 3)]
    if not any(wanted):
        time.sleep(timeout)
        return
    for fds, tell in zip(select.select(*wanted, timeout), (read, write, _exception)):
        _tell(map, fds, tell)


def poll2(timeout=0.0, map=None):
    """One round with poll()."""
    map = _map_or_default(map)
    if not map:
        return
    poller = select.poll()
    for fd, reads, writes, _ in _wishes(map):
        flags = (select.POLLIN | select.POLLPRI if reads else 0) | (select.POLLOUT if writes else 0)
        if flags:
            poller.register(fd, flags)
    for fd, flags in poller.poll(None if timeout is None else int(1000 * timeout)):
        _tell(map, [fd], readwrite, flags)


poll3 = poll2


def loop(timeout=30.0, use_poll=False, map=None, count=None):
    """Rounds until no dispatcher is left, or so many."""
    map = _map_or_default(map)
    one_round = poll2 if use_poll else poll
    for _ in itertools.count() if count is None else range(count):
        if not map:
            break
        one_round(timeout, map)


# --- dispatchers ---

class dispatcher:
    """A socket whose handle_... methods the loop calls."""

    debug = connected = accepting = connecting = closing = False
    addr = None
    ignore_log_types = frozenset({'warning'})

    def __init__(self, sock=None, map=None):
        self._map, self._fileno, self.socket = _map_or_default(map), None, None
        if not sock:
            return
        # It may come from anywhere: it must not block.
        sock.setblocking(False)
        self.set_socket(sock, map)
        self.connected = True
        try:
            self.addr = sock.getpeername()
        except OSError as problem:
            if problem.errno not in (EINVAL, ENOTCONN):
                self.del_channel(map)
                raise
            self.connected = False

    def __repr__(self):
        kind = type(self)
        words = [f'{kind.__module__}.{kind.__qualname__}']
        if self.connected or self.accepting and self.addr:
            words.append('listening' if self.accepting and self.addr else 'connected')
        if isinstance(self.addr, tuple) and len(self.addr) == 2:
            words.append('%s:%d' % self.addr)
        elif self.addr is not None:
            words.append(repr(self.addr))
        return f"<{' '.join(words)} at {id(self):#x}>"

    # --- the loop ---

    def add_channel(self, map=None):
        """Let the loop know it."""
        known = self._map if map is None else map
        known[self._fileno] = self

    def del_channel(self, map=None):
        """Let the loop forget it."""
        known = self._map if map is None else map
        known.pop(self._fileno, None)
        self._fileno = None

    def readable(self):
        """Whether it wants to read."""
        return True

    def writable(self):
        """Whether it wants to write."""
        return True

    # --- the socket ---

    def create_socket(self, family=socket.AF_INET, type=socket.SOCK_STREAM):
        self.family_and_type = family, type
        made = socket.socket(family, type)
        made.setblocking(False)
        self.set_socket(made)

    def set_socket(self, sock, map=None):
        self.socket, self._fileno = sock, sock.fileno()
        self.add_channel(map)

    def set_reuse_addr(self):
        option = socket.SOL_SOCKET, socket.SO_REUSEADDR
        with contextlib.suppress(OSError):
            self.socket.setsockopt(*option, self.socket.getsockopt(*option) | 1)

    def bind(self, addr):
        self.addr = addr
        return self.socket.bind(addr)

    def listen(self, num):
        self.accepting = True
        return self.socket.listen(num)

    def connect(self, address):
        self.connected, self.connecting = False, True
        problem = self.socket.connect_ex(address)
        if problem and problem != EISCONN and problem not in _NOT_YET:
            raise OSError(problem, errorcode[problem])
        self.addr = address
        if problem not in _NOT_YET:
            self.handle_connect_event()

    def accept(self):
        """(socket, address) of a new connection, or None."""
        try:
            return self.socket.accept()
        except TypeError:
            return None
        except OSError as problem:
            if problem.errno not in (ECONNABORTED, EWOULDBLOCK):
                raise
            return None

    def send(self, data):
        try:
            return self.socket.send(data)
        except OSError as problem:
            if problem.errno in _DISCONNECTED:
                self.handle_close()
            elif problem.errno != EWOULDBLOCK:
                raise
            return 0

    def recv(self, buffer_size):
        data = b''
        try:
            data = self.socket.recv(buffer_size)
        except OSError as problem:
            if problem.errno not in _DISCONNECTED:
                raise
        if not data:
            self.handle_close()
        return data

    def close(self):
        self.connected = self.connecting = self.accepting = False
        self.del_channel()
        try:
            if self.socket is not None:
                self.socket.close()
        except OSError as problem:
            if problem.errno not in (EBADF, ENOTCONN):
                raise

    # --- what the loop calls ---

    def _finish_connecting(self):
        if self.connecting and not self.connected:
            self.handle_connect_event()

    def _socket_error(self):
        return self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)

    def handle_read_event(self):
        if self.accepting:
            self.handle_accept()
        else:
            self._finish_connecting()
            self.handle_read()

    def handle_write_event(self):
        if not self.accepting:
            self._finish_connecting()
            self.handle_write()

    def handle_connect_event(self):
        if problem := self._socket_error():
            raise OSError(problem, _strerror(problem))
        self.handle_connect()
        self.connected, self.connecting = True, False

    def handle_expt_event(self):
        (self.handle_close if self._socket_error() else self.handle_expt)()

    def handle_error(self):
        _, kind, value, where = compact_traceback()
        try:
            shown = repr(self)
        except:
            shown = f'<__repr__(self) failed for object at {id(self):0x}>'
        self.log_info(f'uncaptured python exception, closing channel {shown} ({kind}:{value} {where})', 'error')
        self.handle_close()

    # --- what subclasses define ---

    def _unhandled(self, what):
        self.log_info(f'unhandled {what} event', 'warning')

    def handle_expt(self):
        self._unhandled('incoming priority')

    def handle_read(self):
        self._unhandled('read')

    def handle_write(self):
        self._unhandled('write')

    def handle_connect(self):
        self._unhandled('connect')

    def handle_accept(self):
        if (pair := self.accept()) is not None:
            self.handle_accepted(*pair)

    def handle_accepted(self, sock, addr):
        sock.close()
        self._unhandled('accepted')

    def handle_close(self):
        self._unhandled('close')
        self.close()

    def log(self, message):
        sys.stderr.write(f'log: {message}\n')

    def log_info(self, message, type='info'):
        if type not in self.ignore_log_types:
            print(f'{type}: {message}')


class dispatcher_with_send(dispatcher):
    """A dispatcher that keeps what could not be sent at once."""

    def __init__(self, sock=None, map=None):
        super().__init__(sock, map)
        self.out_buffer = b''

    def initiate_send(self):
        sent = super().send(self.out_buffer[:65536])
        self.out_buffer = self.out_buffer[sent:]

    handle_write = initiate_send

    def writable(self):
        return not self.connected or len(self.out_buffer)

    def send(self, data):
        if self.debug:
            self.log_info(f'sending {data!r}')
        self.out_buffer += data
        self.initiate_send()


# --- helpers ---

def compact_traceback():
    """((file, function, line), type, value, text) of the exception that is being handled."""
    kind, value, tb = sys.exc_info()
    if tb is None:
        raise AssertionError('traceback does not exist')
    from traceback import walk_tb
    places = [(frame.f_code.co_filename, frame.f_code.co_name, str(line)) for frame, line in walk_tb(tb)]
    return places[-1], kind, value, ' '.join(f"[{'|'.join(place)}]" for place in places)


def close_all(map=None, ignore_all=False):
    """Close all dispatchers."""
    map = _map_or_default(map)
    for obj in [*map.values()]:
        try:
            obj.close()
        except _reraised_exceptions:
            raise
        except BaseException as problem:
            if not ignore_all and getattr(problem, 'errno', None) != EBADF:
                raise
    map.clear()


class file_wrapper:
    """A descriptor with the calls of a socket."""

    def __init__(self, fd):
        self.fd = os.dup(fd)

    def fileno(self):
        return self.fd

    def recv(self, *args):
        return os.read(self.fd, *args)

    def send(self, *args):
        return os.write(self.fd, *args)

    read, write = recv, send

    def getsockopt(self, level, optname, buflen=None):
        # A dispatcher asks whether something is wrong.
        if (level, optname) != (socket.SOL_SOCKET, socket.SO_ERROR) or buflen:
            raise NotImplementedError('Only asyncore specific behaviour implemented.')
        return 0

    def close(self):
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)

    def __del__(self):
        if self.fd >= 0:
            warnings.warn(f'unclosed file {self!r}', ResourceWarning, source=self)
            self.close()


class file_dispatcher(dispatcher):
    """A dispatcher for a file (a pipe)."""

    def __init__(self, fd, map=None):
        super().__init__(None, map)
        self.connected = True
        number = fd.fileno() if hasattr(fd, 'fileno') else fd
        self.set_file(number)
        os.set_blocking(number, False)

    def set_file(self, fd):
        self.set_socket(file_wrapper(fd))

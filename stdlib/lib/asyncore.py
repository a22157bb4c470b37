"""An event loop of old times: dispatchers are sockets with methods that are called when something can be done.

Deprecated; use asyncio.
"""
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

_DISCONNECTED = frozenset({ECONNRESET, ENOTCONN, ESHUTDOWN, ECONNABORTED, EPIPE, EBADF})

try:
    socket_map
except NameError:
    socket_map = {}


def _strerror(err):
    try:
        return os.strerror(err)
    except (ValueError, OverflowError, NameError):
        return errorcode.get(err, f'Unknown error {err}')


class ExitNow(Exception):
    """Ends the loop from a handler."""


_reraised_exceptions = (ExitNow, KeyboardInterrupt, SystemExit)


# --- the loop ---


def _handled(obj, method, *args):
    """Calls a handler; whatever goes wrong is the dispatcher's."""
    try:
        getattr(obj, method)(*args)
    except _reraised_exceptions:
        raise
    except:
        obj.handle_error()


def read(obj):
    """Something can be read."""
    _handled(obj, 'handle_read_event')


def write(obj):
    """Something can be written."""
    _handled(obj, 'handle_write_event')


def _exception(obj):
    _handled(obj, 'handle_expt_event')


def readwrite(obj, flags):
    """What poll() said about a dispatcher."""
    try:
        if flags & select.POLLIN:
            obj.handle_read_event()
        if flags & select.POLLOUT:
            obj.handle_write_event()
        if flags & select.POLLPRI:
            obj.handle_expt_event()
        if flags & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
            obj.handle_close()
    except OSError as error:
        if error.errno not in _DISCONNECTED:
            obj.handle_error()
        else:
            obj.handle_close()
    except _reraised_exceptions:
        raise
    except:
        obj.handle_error()


def poll(timeout=0.0, map=None):
    """One round with select()."""
    map = socket_map if map is None else map
    if not map:
        return
    readers, writers, exceptions = [], [], []
    for fd, obj in list(map.items()):
        can_read, can_write = obj.readable(), obj.writable()
        if can_read:
            readers.append(fd)
        # One that accepts has nothing to write.
        if can_write and not obj.accepting:
            writers.append(fd)
        if can_read or can_write:
            exceptions.append(fd)
    if not (readers or writers or exceptions):
        time.sleep(timeout)
        return
    ready = select.select(readers, writers, exceptions, timeout)
    for fds, handler in zip(ready, (read, write, _exception)):
        for fd in fds:
            obj = map.get(fd)
            if obj is not None:
                handler(obj)


def poll2(timeout=0.0, map=None):
    """One round with poll()."""
    map = socket_map if map is None else map
    if timeout is not None:
        timeout = int(timeout * 1000)
    if not map:
        return
    poller = select.poll()
    for fd, obj in list(map.items()):
        flags = select.POLLIN | select.POLLPRI if obj.readable() else 0
        if obj.writable() and not obj.accepting:
            flags |= select.POLLOUT
        if flags:
            poller.register(fd, flags)
    for fd, flags in poller.poll(timeout):
        obj = map.get(fd)
        if obj is not None:
            readwrite(obj, flags)


poll3 = poll2


def loop(timeout=30.0, use_poll=False, map=None, count=None):
    """Rounds until no dispatcher is left, or so many."""
    map = socket_map if map is None else map
    one_round = poll2 if use_poll and hasattr(select, 'poll') else poll
    while map and (count is None or count > 0):
        one_round(timeout, map)
        if count is not None:
            count -= 1


# --- dispatchers ---


class dispatcher:
    """A socket whose handle_... methods the loop calls."""

    debug = False
    connected = False
    accepting = False
    connecting = False
    closing = False
    addr = None
    ignore_log_types = frozenset({'warning'})

    def __init__(self, sock=None, map=None):
        self._map = socket_map if map is None else map
        self._fileno = None
        if not sock:
            self.socket = None
            return
        # It may come from anywhere: it must not block.
        sock.setblocking(False)
        self.set_socket(sock, map)
        self.connected = True
        try:
            self.addr = sock.getpeername()
        except OSError as error:
            if error.errno in (ENOTCONN, EINVAL):
                self.connected = False
            else:
                self.del_channel(map)
                raise

    def __repr__(self):
        status = [self.__class__.__module__ + '.' + self.__class__.__qualname__]
        if self.accepting and self.addr:
            status.append('listening')
        elif self.connected:
            status.append('connected')
        if self.addr is not None:
            try:
                status.append('%s:%d' % self.addr)
            except TypeError:
                status.append(repr(self.addr))
        return f'<{" ".join(status)} at {id(self):#x}>'

    def add_channel(self, map=None):
        """Let the loop know it."""
        (self._map if map is None else map)[self._fileno] = self

    def del_channel(self, map=None):
        """Let the loop forget it."""
        (self._map if map is None else map).pop(self._fileno, None)
        self._fileno = None

    def create_socket(self, family=socket.AF_INET, type=socket.SOCK_STREAM):
        self.family_and_type = family, type
        sock = socket.socket(family, type)
        sock.setblocking(False)
        self.set_socket(sock)

    def set_socket(self, sock, map=None):
        self.socket = sock
        self._fileno = sock.fileno()
        self.add_channel(map)

    def set_reuse_addr(self):
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR,
                                   self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) | 1)
        except OSError:
            pass

    def readable(self):
        """Whether it wants to read."""
        return True

    def writable(self):
        """Whether it wants to write."""
        return True

    def listen(self, num):
        self.accepting = True
        return self.socket.listen(num)

    def bind(self, addr):
        self.addr = addr
        return self.socket.bind(addr)

    def connect(self, address):
        self.connected = False
        self.connecting = True
        status = self.socket.connect_ex(address)
        if status in (EINPROGRESS, EALREADY, EWOULDBLOCK):
            self.addr = address
        elif status in (0, EISCONN):
            self.addr = address
            self.handle_connect_event()
        else:
            raise OSError(status, errorcode[status])

    def accept(self):
        """(socket, address) of a new connection, or None."""
        try:
            return self.socket.accept()
        except TypeError:
            return None
        except OSError as error:
            if error.errno in (EWOULDBLOCK, ECONNABORTED):
                return None
            raise

    def send(self, data):
        try:
            return self.socket.send(data)
        except OSError as error:
            if error.errno == EWOULDBLOCK:
                return 0
            if error.errno in _DISCONNECTED:
                self.handle_close()
                return 0
            raise

    def recv(self, buffer_size):
        try:
            data = self.socket.recv(buffer_size)
        except OSError as error:
            if error.errno not in _DISCONNECTED:
                raise
            data = b''
        if not data:
            self.handle_close()
        return data

    def close(self):
        self.connected = self.accepting = self.connecting = False
        self.del_channel()
        if self.socket is not None:
            try:
                self.socket.close()
            except OSError as error:
                if error.errno not in (ENOTCONN, EBADF):
                    raise

    # --- what the loop calls ---

    def handle_read_event(self):
        if self.accepting:
            self.handle_accept()
            return
        if not self.connected and self.connecting:
            self.handle_connect_event()
        self.handle_read()

    def handle_connect_event(self):
        error = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            raise OSError(error, _strerror(error))
        self.handle_connect()
        self.connected = True
        self.connecting = False

    def handle_write_event(self):
        if self.accepting:
            return
        if not self.connected and self.connecting:
            self.handle_connect_event()
        self.handle_write()

    def handle_expt_event(self):
        if self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.handle_close()
        else:
            self.handle_expt()

    def handle_error(self):
        _, kind, value, where = compact_traceback()
        try:
            shown = repr(self)
        except:
            shown = f'<__repr__(self) failed for object at {id(self):0x}>'
        self.log_info(f'uncaptured python exception, closing channel {shown} ({kind}:{value} {where})', 'error')
        self.handle_close()

    # --- what subclasses define ---

    def handle_expt(self):
        self.log_info('unhandled incoming priority event', 'warning')

    def handle_read(self):
        self.log_info('unhandled read event', 'warning')

    def handle_write(self):
        self.log_info('unhandled write event', 'warning')

    def handle_connect(self):
        self.log_info('unhandled connect event', 'warning')

    def handle_accept(self):
        pair = self.accept()
        if pair is not None:
            self.handle_accepted(*pair)

    def handle_accepted(self, sock, addr):
        sock.close()
        self.log_info('unhandled accepted event', 'warning')

    def handle_close(self):
        self.log_info('unhandled close event', 'warning')
        self.close()

    def log(self, message):
        sys.stderr.write(f'log: {message}\n')

    def log_info(self, message, type='info'):
        if type not in self.ignore_log_types:
            print(f'{type}: {message}')


class dispatcher_with_send(dispatcher):
    """A dispatcher that keeps what could not be sent at once."""

    def __init__(self, sock=None, map=None):
        dispatcher.__init__(self, sock, map)
        self.out_buffer = b''

    def initiate_send(self):
        sent = dispatcher.send(self, self.out_buffer[:65536])
        self.out_buffer = self.out_buffer[sent:]

    handle_write = initiate_send

    def writable(self):
        return not self.connected or len(self.out_buffer)

    def send(self, data):
        if self.debug:
            self.log_info(f'sending {data!r}')
        self.out_buffer += data
        self.initiate_send()


def compact_traceback():
    """((file, function, line), type, value, text) of the exception that is being handled."""
    kind, value, tb = sys.exc_info()
    if not tb:
        raise AssertionError('traceback does not exist')
    places = []
    while tb:
        code = tb.tb_frame.f_code
        places.append((code.co_filename, code.co_name, str(tb.tb_lineno)))
        tb = tb.tb_next
    return places[-1], kind, value, ' '.join(f'[{"|".join(place)}]' for place in places)


def close_all(map=None, ignore_all=False):
    """Close all dispatchers."""
    map = socket_map if map is None else map
    for obj in list(map.values()):
        try:
            obj.close()
        except OSError as error:
            if error.errno != EBADF and not ignore_all:
                raise
        except _reraised_exceptions:
            raise
        except:
            if not ignore_all:
                raise
    map.clear()


class file_wrapper:
    """A descriptor with the calls of a socket."""

    def __init__(self, fd):
        self.fd = os.dup(fd)

    def __del__(self):
        if self.fd >= 0:
            warnings.warn(f'unclosed file {self!r}', ResourceWarning, source=self)
            self.close()

    def recv(self, *args):
        return os.read(self.fd, *args)

    def send(self, *args):
        return os.write(self.fd, *args)

    def getsockopt(self, level, optname, buflen=None):
        if level == socket.SOL_SOCKET and optname == socket.SO_ERROR and not buflen:
            return 0
        raise NotImplementedError('Only asyncore specific behaviour implemented.')

    read = recv
    write = send

    def close(self):
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)

    def fileno(self):
        return self.fd


class file_dispatcher(dispatcher):
    """A dispatcher for a file (a pipe)."""

    def __init__(self, fd, map=None):
        dispatcher.__init__(self, None, map)
        self.connected = True
        try:
            fd = fd.fileno()
        except AttributeError:
            pass
        self.set_file(fd)
        os.set_blocking(fd, False)

    def set_file(self, fd):
        self.socket = file_wrapper(fd)
        self._fileno = self.socket.fileno()
        self.add_channel()

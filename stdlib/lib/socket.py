"""Sockets. The object itself is native (_socket); here are its file interface and the helpers around it."""
import _socket
import io
import os
import selectors
import sys
from _socket import *
from enum import IntEnum, IntFlag
from errno import EAGAIN, EBADF, EWOULDBLOCK

__all__ = ['AddressFamily', 'SocketKind', 'create_connection', 'create_server', 'fromfd', 'getaddrinfo', 'getfqdn',
           'has_dualstack_ipv6', 'recv_fds', 'send_fds', 'socketpair',
           *(name for name in dir(_socket) if not name.startswith('_'))]

_LOCALHOST, _LOCALHOST_V6 = '127.0.0.1', '::1'
_GLOBAL_DEFAULT_TIMEOUT = object()
SocketType = _socket.socket

for _kind, _base, _prefix in (('AddressFamily', IntEnum, 'AF_'), ('SocketKind', IntEnum, 'SOCK_'),
                              ('MsgFlag', IntFlag, 'MSG_'), ('AddressInfo', IntFlag, 'AI_')):
    _base._convert_(_kind, __name__, lambda name, prefix=_prefix: name.startswith(prefix) and name.isupper())
del _kind, _base, _prefix


def _as_member(number, kind):
    # The member of an enumeration with that number; the number itself when it has no name.
    try:
        return kind(number)
    except ValueError:
        return number


class _GiveupOnSendfile(Exception):
    """The system cannot copy this file into this socket by itself."""


class socket(_socket.socket):
    """One end of a connection."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._files, self._closed = 0, False
        _socket.socket.__init__(self, family, type, proto, fileno)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if not self._closed:
            self.close()

    family = property(lambda self: _as_member(super().family, AddressFamily), doc='The kind of addresses it has.')
    type = property(lambda self: _as_member(super().type, SocketKind), doc='The kind of connection it makes.')

    def __repr__(self):
        closed = getattr(self, '_closed', False)
        text = (f'<{self.__class__.__module__}.{self.__class__.__qualname__}{" [closed]" if closed else ""} '
                f'fd={self.fileno()}, family={self.family}, type={self.type}, proto={self.proto}')
        if not closed:
            for label, method in (('laddr', self.getsockname), ('raddr', self.getpeername)):
                try:
                    address = method()
                except (error, AttributeError):
                    continue
                if address:
                    text += f', {label}={address}'
        return text + '>'

    def __getstate__(self):
        raise TypeError(f'cannot pickle {self.__class__.__name__!r} object')

    def accept(self):
        """(connection, address) of the next client."""
        fd, address = self._accept()
        connection = socket(self.family, self.type, self.proto, fileno=fd)
        if getdefaulttimeout() is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def dup(self):
        """Another socket over a copy of the descriptor."""
        copy = self.__class__(self.family, self.type, self.proto, fileno=dup(self.fileno()))
        copy.settimeout(self.gettimeout())
        return copy

    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        """A file object over the connection."""
        if not set(mode) <= {'r', 'w', 'b'}:
            raise ValueError(f'invalid mode {mode!r} (only r, w, b allowed)')
        writing = 'w' in mode
        reading = 'r' in mode or not writing
        raw = SocketIO(self, ('r' if reading else '') + ('w' if writing else ''))
        self._files += 1
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if 'b' not in mode:
                raise ValueError('unbuffered streams must be binary')
            return raw
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        elif reading:
            buffer = io.BufferedReader(raw, buffering)
        else:
            buffer = io.BufferedWriter(raw, buffering)
        if 'b' in mode:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline)
        text.mode = mode
        return text

    def _decref_socketios(self):
        if self._files > 0:
            self._files -= 1
        if self._closed:
            self.close()

    def close(self):
        """Close the socket; with files over it still open, once the last of them is closed."""
        self._closed = True
        if self._files <= 0:
            self._real_close()

    def _real_close(self, close=_socket.socket.close):
        close(self)

    def __del__(self, close=_socket.socket.close):
        # Nobody can close it any more: its descriptor is given back, late and with a word about it.
        if self.fileno() < 0:
            return
        try:
            import warnings
            warnings.warn(f'unclosed {self!r}', ResourceWarning, source=self)
        finally:
            close(self)

    def detach(self):
        """Forget the descriptor and return it: somebody else closes it."""
        self._closed = True
        return super().detach()

    def get_inheritable(self):
        """Do child processes get the descriptor?"""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Shall child processes get the descriptor?"""
        os.set_inheritable(self.fileno(), inheritable)

    # --- whole files ---

    def sendfile(self, file, offset=0, count=None):
        """Send a binary file from offset on, at most count bytes of it; how many bytes went."""
        try:
            return self._sendfile_use_sendfile(file, offset, count)
        except _GiveupOnSendfile:
            return self._sendfile_use_send(file, offset, count)

    def _sendfile_use_sendfile(self, file, offset=0, count=None):
        """By the system alone; nothing passes through this process."""
        self._check_sendfile_params(file, offset, count)
        try:
            source = file.fileno()
            size = os.fstat(source).st_size
        except (AttributeError, io.UnsupportedOperation, OSError) as problem:
            raise _GiveupOnSendfile(problem)
        if not size:
            return 0
        timeout = self.gettimeout()
        if timeout == 0:
            raise ValueError('non-blocking sockets are not supported')
        block, begin = min(count or size, 1 << 30), offset
        with selectors.PollSelector() as selector:
            selector.register(self, selectors.EVENT_WRITE)
            try:
                while count is None or offset - begin < count:
                    if timeout and not selector.select(timeout):
                        raise TimeoutError('timed out')
                    if count is not None:
                        block = min(block, count - (offset - begin))
                    try:
                        sent = os.sendfile(self.fileno(), source, offset, block)
                    except BlockingIOError:
                        selector.select(timeout)
                        continue
                    except OSError as problem:
                        if offset == begin:
                            raise _GiveupOnSendfile(problem)
                        raise
                    if not sent:
                        break
                    offset += sent
                return offset - begin
            finally:
                if offset > begin and hasattr(file, 'seek'):
                    file.seek(offset)

    def _sendfile_use_send(self, file, offset=0, count=None):
        """By reading and sending."""
        self._check_sendfile_params(file, offset, count)
        if self.gettimeout() == 0:
            raise ValueError('non-blocking sockets are not supported')
        if offset:
            file.seek(offset)
        total = 0
        try:
            while count is None or total < count:
                piece = memoryview(file.read(8192 if count is None else min(8192, count - total)))
                if not piece:
                    break
                while piece:
                    try:
                        sent = self.send(piece)
                    except BlockingIOError:
                        continue
                    total += sent
                    piece = piece[sent:]
            return total
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset + total)

    def _check_sendfile_params(self, file, offset, count):
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError('file should be opened in binary mode')
        if not self.type & SOCK_STREAM:
            raise ValueError('only SOCK_STREAM type sockets are supported')
        if count is not None:
            if not isinstance(count, int):
                raise TypeError(f'count must be a positive integer (got {count!r})')
            if count <= 0:
                raise ValueError(f'count must be a positive integer (got {count!r})')


class SocketIO(io.RawIOBase):
    """The raw stream under makefile(). What a non-blocking socket cannot do now gives None."""

    def __init__(self, sock, mode):
        if mode not in ('r', 'w', 'rw', 'rb', 'wb', 'rwb'):
            raise ValueError(f'invalid mode: {mode!r}')
        io.RawIOBase.__init__(self)
        self._sock = sock
        self._mode = mode if 'b' in mode else mode + 'b'
        self._timeout_occurred = False

    def readinto(self, buffer):
        """Fill a buffer; how many bytes came, 0 at the end."""
        self._checkClosed()
        self._checkReadable()
        if self._timeout_occurred:
            raise OSError('cannot read from timed out object')
        try:
            return self._sock.recv_into(buffer)
        except timeout:
            self._timeout_occurred = True
            raise
        except BlockingIOError:
            return None

    def write(self, data):
        """Send bytes; how many went."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return None

    def _unless_closed(self, answer):
        if self.closed:
            raise ValueError('I/O operation on closed socket.')
        return answer

    def readable(self):
        return self._unless_closed('r' in self._mode)

    def writable(self):
        return self._unless_closed('w' in self._mode)

    def seekable(self):
        return self._unless_closed(super().seekable())

    def fileno(self):
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        return self._mode

    def close(self):
        if self.closed:
            return
        io.RawIOBase.close(self)
        self._sock._decref_socketios()
        self._sock = None


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send descriptors over a Unix socket, along with some bytes."""
    packed = b''.join(fd.to_bytes(4, sys.byteorder, signed=True) for fd in fds)
    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, packed)])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receive descriptors over a Unix socket: (bytes, descriptors, flags, address)."""
    message, ancdata, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * 4))
    fds = []
    for level, kind, data in ancdata:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            fds += [int.from_bytes(data[i:i + 4], sys.byteorder, signed=True) for i in range(0, len(data) - 3, 4)]
    return message, fds, flags, address


def fromfd(fd, family, type, proto=0):
    """A socket over a copy of a descriptor."""
    return socket(family, type, proto, dup(fd))


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Addresses for a host and service: (family, type, proto, canonical name, address) of each."""
    return [(_as_member(family, AddressFamily), _as_member(kind, SocketKind), proto, name, address)
            for family, kind, proto, name, address in _socket.getaddrinfo(host, port, family, type, proto, flags)]


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets connected to each other."""
    if family is None:
        family = AF_UNIX
    a, b = _socket._socketpair(family, type, proto)
    return socket(family, type, proto, a), socket(family, type, proto, b)


def getfqdn(name=''):
    """The full name of a host."""
    name = name.strip()
    if not name or name in ('0.0.0.0', '::'):
        name = gethostname()
    try:
        host, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    return next((known for known in (host, *aliases) if '.' in known), host)


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """A socket connected to (host, port): every address of the host is tried."""
    host, port = address
    problems = []
    for family, kind, proto, _, place in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(place)
            return sock
        except error as problem:
            if not all_errors:
                problems.clear()
            problems.append(problem)
            if sock is not None:
                sock.close()
    if not problems:
        raise error('getaddrinfo returns an empty list')
    try:
        if not all_errors:
            raise problems[0]
        raise ExceptionGroup('create_connection failed', problems)
    finally:
        problems.clear()


def has_dualstack_ipv6():
    """Can one socket serve IPv4 and IPv6?"""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A listening TCP socket bound to (host, port)."""
    if reuse_port and not hasattr(_socket, 'SO_REUSEPORT'):
        raise ValueError('SO_REUSEPORT not supported on this platform')
    if dualstack_ipv6:
        if not has_dualstack_ipv6():
            raise ValueError('dualstack_ipv6 not supported on this platform')
        if family != AF_INET6:
            raise ValueError('dualstack_ipv6 requires AF_INET6 family')
    sock = socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as problem:
            raise error(problem.errno, f'{problem.strerror} (while attempting to bind on address {address!r})') from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise

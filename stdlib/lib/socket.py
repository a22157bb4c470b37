"""Sockets. The object itself is native (_socket); here are its file interface and the helpers around it."""
import _socket
import io
import sys
from _socket import *
from enum import IntEnum, IntFlag
from errno import EAGAIN, EWOULDBLOCK

error = OSError
timeout = TimeoutError
has_ipv6 = True
_GLOBAL_DEFAULT_TIMEOUT = object()

# The constants of these families are members of enumerations, which replace the plain numbers of _socket here.
for _base, _name, _prefix in ((IntEnum, 'AddressFamily', 'AF_'), (IntEnum, 'SocketKind', 'SOCK_'),
                              (IntFlag, 'MsgFlag', 'MSG_'), (IntFlag, 'AddressInfo', 'AI_')):
    _base._convert_(_name, __name__, lambda constant, prefix=_prefix: constant.startswith(prefix))
del _base, _name, _prefix


def _member(kind, number):
    # The member of that number; a number that has no name stays as it is.
    try:
        return kind(number)
    except ValueError:
        return number

_default_timeout = None


def getdefaulttimeout():
    """The timeout of sockets to come."""
    return _default_timeout


def setdefaulttimeout(timeout):
    """Set the timeout of sockets to come; None: wait for ever."""
    global _default_timeout
    if timeout is not None:
        timeout = float(timeout)
        if timeout < 0:
            raise ValueError('Timeout value out of range')
    _default_timeout = timeout


class socket(_socket.socket):
    """One end of a connection."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _socket.socket.__init__(self, family, type, proto, fileno)
        self._files = 0
        self._closing = False
        if _default_timeout is not None:
            self.settimeout(_default_timeout)

    @property
    def family(self):
        """The address family of the socket."""
        return _member(AddressFamily, super().family)

    @property
    def type(self):
        """The kind of the socket."""
        return _member(SocketKind, super().type)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if not self._closed:
            self.close()

    @property
    def _closed(self):
        return self._closing

    def __repr__(self):
        text = (f'<{self.__class__.__module__}.{self.__class__.__qualname__}{" [closed]" if self._closing else ""} '
                f'fd={self.fileno()}, family={self.family!s}, type={self.type!s}, proto={self.proto}')
        if not self._closing:
            for label, method in (('laddr', self.getsockname), ('raddr', self.getpeername)):
                try:
                    address = method()
                except OSError:
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
        if _default_timeout is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def dup(self):
        import posix
        copy = self.__class__(self.family, self.type, self.proto, fileno=posix.dup(self.fileno()))
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

    def _file_closed(self):
        if self._files > 0:
            self._files -= 1
        if self._closing and self._files <= 0:
            self._real_close()

    def close(self):
        """Close the socket; with files over it still open, once the last of them is closed."""
        self._closing = True
        if self._files <= 0:
            self._real_close()

    def _real_close(self):
        _socket.socket.close(self)

    def __del__(self):
        # Nobody can close it any more: its descriptor is given back, late and with a word about it.
        if self.fileno() < 0:
            return
        try:
            import warnings
            warnings.warn(f'unclosed {self!r}', ResourceWarning, source=self)
        finally:
            _socket.socket.close(self)

    def detach(self):
        self._closing = True
        return _socket.socket.detach(self)

    def _await_turn(self, writing):
        # A socket with a timeout waits before calls that work on its descriptor.
        timeout = self.gettimeout()
        if timeout:
            import select
            poll = select.poll()
            poll.register(self, select.POLLOUT if writing else select.POLLIN)
            if not poll.poll(timeout * 1000):
                raise TimeoutError('timed out')

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        """Send the bytes of several buffers, with ancillary data; how many bytes went."""
        if address is not None:
            if ancdata:
                raise OSError('ancillary data cannot be sent to an address')
            return self.sendto(b''.join(buffers), flags, address)
        self._await_turn(True)
        return _socket._sendmsg(self.fileno(), buffers, ancdata, flags)

    def recvmsg(self, bufsize, ancbufsize=0, flags=0):
        """Receive bytes and ancillary data: (data, ancdata, flags, address)."""
        self._await_turn(False)
        return _socket._recvmsg(self.fileno(), bufsize, ancbufsize, flags)

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0):
        """As recvmsg(), into buffers; the first of the answer is how many bytes came."""
        views = [memoryview(buffer).cast('B') for buffer in buffers]
        data, ancdata, flags, address = self.recvmsg(sum(map(len, views)), ancbufsize, flags)
        left = data
        for view in views:
            part, left = left[:len(view)], left[len(view):]
            view[:len(part)] = part
        return len(data), ancdata, flags, address

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """Receive into a buffer: (how many bytes, the sender's address)."""
        view = memoryview(buffer).cast('B')
        if nbytes < 0:
            raise ValueError('negative buffersize in recvfrom_into')
        if nbytes > len(view):
            raise ValueError('nbytes is greater than the length of the buffer')
        data, address = self.recvfrom(nbytes or len(view), flags)
        view[:len(data)] = data
        return len(data), address

    def get_inheritable(self):
        """Do child processes get the descriptor?"""
        import posix
        return posix.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Shall child processes get the descriptor?"""
        import posix
        posix.set_inheritable(self.fileno(), inheritable)

    def sendfile(self, file, offset=0, count=None):
        """Send the rest of a binary file; how many bytes went."""
        if offset:
            file.seek(offset)
        total = 0
        while count is None or total < count:
            size = 8192 if count is None else min(8192, count - total)
            data = file.read(size)
            if not data:
                break
            self.sendall(data)
            total += len(data)
        return total


SocketType = _socket.socket


class SocketIO(io.RawIOBase):
    """The raw stream under makefile()."""

    def __init__(self, sock, mode):
        io.RawIOBase.__init__(self)
        self._sock = sock
        self._mode = mode
        self._timed_out = False

    def readinto(self, buffer):
        self._checkClosed()
        self._checkReadable()
        if self._timed_out:
            raise OSError('cannot read from timed out object')
        try:
            return self._sock.recv_into(buffer)
        except TimeoutError:
            self._timed_out = True
            raise
        except BlockingIOError:
            return None

    def write(self, data):
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return None

    def readable(self):
        if self.closed:
            raise ValueError('I/O operation on closed socket.')
        return 'r' in self._mode

    def writable(self):
        if self.closed:
            raise ValueError('I/O operation on closed socket.')
        return 'w' in self._mode

    def seekable(self):
        return False

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
        self._sock._file_closed()
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
    import posix
    return socket(family, type, proto, posix.dup(fd))


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    """Two sockets connected to each other."""
    a, b = _socket._socketpair(family, type, proto)
    return socket(family, type, proto, a), socket(family, type, proto, b)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses of a host and a service: (family, type, proto, canonical name, address) each."""
    return [(_member(AddressFamily, found[0]), _member(SocketKind, found[1]), *found[2:])
            for found in _socket.getaddrinfo(host, port, family, type, proto, flags)]


def getfqdn(name=''):
    """The full name of a host."""
    name = name.strip()
    return name if name and name not in ('0.0.0.0', '::') else gethostname()


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
    if dualstack_ipv6 and family != AF_INET6:
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

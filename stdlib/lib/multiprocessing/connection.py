"""Connections between processes: messages over pipes and sockets.

A message is its length, four bytes in network order (-1 and eight more for a long one), and then its bytes. Objects are
pickled. Listener and Client can make sure that the other side knows a key, without telling it: each proves it by the HMAC of
a random text that the other one made up.
"""
import itertools
import os
import selectors
import socket
import time
from . import util
from .context import AuthenticationError, BufferTooShort, reduction

__all__ = ['Client', 'Listener', 'Pipe', 'wait']

BUFSIZE = 8192
CONNECTION_TIMEOUT = 20.0
default_family = 'AF_UNIX'
families = ['AF_INET', 'AF_UNIX']
_counter = itertools.count()
_ForkingPickler = reduction.ForkingPickler
_LONG = 0x7fffffff


def arbitrary_address(family):
    """An address that nobody uses."""
    if family == 'AF_INET':
        return 'localhost', 0
    if family == 'AF_UNIX':
        import tempfile
        return tempfile.mktemp(prefix='listener-', dir=util.get_temp_dir())
    raise ValueError('unrecognized family')


def address_type(address):
    """The family that an address belongs to."""
    if isinstance(address, tuple):
        return 'AF_INET'
    if isinstance(address, str):
        return 'AF_UNIX'
    raise ValueError('address type of %r unrecognized' % (address,))


class _ConnectionBase:
    """What all connections have in common; a subclass says how bytes are moved."""

    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError('invalid handle')
        if not readable and not writable:
            raise ValueError('at least one of `readable` and `writable` must be True')
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError('handle is closed')

    def _check_readable(self):
        if not self._readable:
            raise OSError('connection is write-only')

    def _check_writable(self):
        if not self._writable:
            raise OSError('connection is read-only')

    def _bad_message_length(self):
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError('bad message length')

    @property
    def closed(self):
        return self._handle is None

    @property
    def readable(self):
        return self._readable

    @property
    def writable(self):
        return self._writable

    def fileno(self):
        """The descriptor."""
        self._check_closed()
        return self._handle

    def close(self):
        """Close the connection."""
        if self._handle is not None:
            try:
                self._close()
            finally:
                self._handle = None

    def send_bytes(self, buf, offset=0, size=None):
        """Send the bytes of a buffer as a message."""
        self._check_closed()
        self._check_writable()
        view = memoryview(buf)
        if view.itemsize > 1:
            view = view.cast('B')
        length = view.nbytes
        if offset < 0:
            raise ValueError('offset is negative')
        if length < offset:
            raise ValueError('buffer length < offset')
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError('size is negative')
        elif offset + size > length:
            raise ValueError('buffer length < offset + size')
        self._send_bytes(view[offset:offset + size])

    def send(self, obj):
        """Send an object."""
        self._check_closed()
        self._check_writable()
        self._send_bytes(_ForkingPickler.dumps(obj))

    def recv_bytes(self, maxlength=None):
        """The bytes of the next message."""
        self._check_closed()
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError('negative maxlength')
        message = self._recv_bytes(maxlength)
        if message is None:
            self._bad_message_length()
        return message

    def recv_bytes_into(self, buf, offset=0):
        """Put the bytes of the next message into a buffer; how many they are."""
        self._check_closed()
        self._check_readable()
        with memoryview(buf) as view:
            size = view.nbytes
            if offset < 0:
                raise ValueError('negative offset')
            if offset > size:
                raise ValueError('offset too large')
            message = self._recv_bytes()
            if size < offset + len(message):
                raise BufferTooShort(message)
            if view.itemsize == 1 and view.format == 'B':
                view[offset:offset + len(message)] = message
            else:
                with view.cast('B') as plain:
                    plain[offset:offset + len(message)] = message
            return len(message)

    def recv(self):
        """The next object."""
        self._check_closed()
        self._check_readable()
        return _ForkingPickler.loads(self._recv_bytes())

    def poll(self, timeout=0.0):
        """Is there something to be read?"""
        self._check_closed()
        self._check_readable()
        return bool(wait([self], timeout))

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class Connection(_ConnectionBase):
    """A connection over a descriptor."""

    def _close(self, _close=os.close):
        _close(self._handle)

    def _write(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self._handle, view):]

    def _read(self, size):
        parts = []
        left = size
        while left:
            part = os.read(self._handle, min(left, 1 << 20))
            if not part:
                if left == size:
                    raise EOFError
                raise OSError('got end of file during message')
            parts.append(part)
            left -= len(part)
        return b''.join(parts)

    def _send_bytes(self, buf):
        size = len(buf)
        if size > _LONG:
            self._write((-1).to_bytes(4, 'big', signed=True) + size.to_bytes(8, 'big'))
            self._write(buf)
            return
        header = size.to_bytes(4, 'big')
        if size > 16384:
            self._write(header)
            self._write(buf)
        else:
            self._write(header + bytes(buf))  # in one piece: nothing comes in between

    def _recv_bytes(self, maxsize=None):
        size = int.from_bytes(self._read(4), 'big', signed=True)
        if size == -1:
            size = int.from_bytes(self._read(8), 'big')
        if maxsize is not None and size > maxsize:
            return None
        return self._read(size)


def wait(object_list, timeout=None):
    """Wait until one of the connections, sockets or descriptors can be read from; a list of those that can."""
    with selectors.PollSelector() as selector:
        for obj in object_list:
            selector.register(obj, selectors.EVENT_READ)
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            ready = selector.select(timeout)
            if ready:
                return [key.fileobj for key, events in ready]
            if deadline is not None:
                timeout = deadline - time.monotonic()
                if timeout < 0:
                    return []


def Pipe(duplex=True):
    """Two connections to each other; not duplex: the first can only be read from, the second only be written to."""
    if duplex:
        a, b = socket.socketpair()
        a.setblocking(True)
        b.setblocking(True)
        return Connection(a.detach()), Connection(b.detach())
    read, write = os.pipe()
    return Connection(read, writable=False), Connection(write, readable=False)


class Listener:
    """Waits for clients at an address."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address and address_type(address)) or default_family
        address = address or arbitrary_address(family)
        if authkey is not None and not isinstance(authkey, bytes):
            raise TypeError('authkey should be a byte string')
        self._authkey = authkey
        self._last_accepted = None
        self._family = family
        self._socket = socket.socket(getattr(socket, family))
        try:
            if family == 'AF_INET':
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setblocking(True)
            self._socket.bind(address)
            self._socket.listen(backlog)
            self._address = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._unlink = None
        if family == 'AF_UNIX' and not (isinstance(address, str) and address.startswith('\0')):
            self._unlink = util.Finalize(self, os.unlink, args=(address,), exitpriority=0)

    def accept(self):
        """The connection of the next client."""
        if self._socket is None:
            raise OSError('listener is closed')
        sock, self._last_accepted = self._socket.accept()
        sock.setblocking(True)
        connection = Connection(sock.detach())
        if self._authkey is not None:
            deliver_challenge(connection, self._authkey)
            answer_challenge(connection, self._authkey)
        return connection

    def close(self):
        """Listen no more."""
        sock, self._socket = self._socket, None
        if sock is not None:
            try:
                sock.close()
            finally:
                unlink, self._unlink = self._unlink, None
                if unlink is not None:
                    unlink()

    @property
    def address(self):
        return self._address

    @property
    def last_accepted(self):
        return self._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def Client(address, family=None, authkey=None):
    """A connection to the listener at an address."""
    family = family or address_type(address)
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError('authkey should be a byte string')
    with socket.socket(getattr(socket, family)) as sock:
        sock.setblocking(True)
        sock.connect(address)
        connection = Connection(sock.detach())
    if authkey is not None:
        answer_challenge(connection, authkey)
        deliver_challenge(connection, authkey)
    return connection


# --- the proof of the key ---

MESSAGE_LENGTH = 20
CHALLENGE = b'#CHALLENGE#'
WELCOME = b'#WELCOME#'
FAILURE = b'#FAILURE#'


def _digest(key, message):
    import hmac
    return hmac.new(key, message, 'md5').digest()


def deliver_challenge(connection, authkey):
    """Ask the other side to prove that it knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError('Authkey must be bytes, not {0!s}'.format(type(authkey)))
    message = os.urandom(MESSAGE_LENGTH)
    connection.send_bytes(CHALLENGE + message)
    if connection.recv_bytes(256) == _digest(authkey, message):
        connection.send_bytes(WELCOME)
    else:
        connection.send_bytes(FAILURE)
        raise AuthenticationError('digest received was wrong')


def answer_challenge(connection, authkey):
    """Prove to the other side that we know the key."""
    if not isinstance(authkey, bytes):
        raise ValueError('Authkey must be bytes, not {0!s}'.format(type(authkey)))
    message = connection.recv_bytes(256)
    assert message.startswith(CHALLENGE), 'message = %r' % message
    connection.send_bytes(_digest(authkey, message[len(CHALLENGE):]))
    if connection.recv_bytes(256) != WELCOME:
        raise AuthenticationError('digest sent was rejected')


def _reduce_connection(connection):
    return _rebuild_connection, (reduction.DupFd(connection.fileno()), connection.readable, connection.writable)


def _rebuild_connection(dup, readable, writable):
    return Connection(dup.detach(), readable, writable)


reduction.register(Connection, _reduce_connection)

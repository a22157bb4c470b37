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
    if isinstance(address, bytes) and util.is_abstract_socket_namespace(address):
        return 'AF_UNIX'
    if isinstance(address, str):
        return 'AF_PIPE' if address.startswith('\\\\') else 'AF_UNIX'
    raise ValueError('address type of %r unrecognized' % (address,))


class _ConnectionBase:
    """What all connections have in common; a subclass says how bytes are moved."""

    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        number = handle.__index__()
        if number < 0:
            raise ValueError('invalid handle')
        if not (readable or writable):
            raise ValueError('at least one of `readable` and `writable` must be True')
        self._handle, self._readable, self._writable = number, readable, writable

    closed = property(lambda self: self._handle is None)
    readable = property(lambda self: self._readable)
    writable = property(lambda self: self._writable)

    def _check_closed(self):
        if self.closed:
            raise OSError('handle is closed')

    def _check_readable(self):
        self._check_closed()
        if not self._readable:
            raise OSError('connection is write-only')

    def _check_writable(self):
        self._check_closed()
        if not self._writable:
            raise OSError('connection is read-only')

    def _bad_message_length(self):
        # What follows is the rest of that message: nothing can be read any more.
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError('bad message length')

    def fileno(self):
        """The descriptor."""
        self._check_closed()
        return self._handle

    # --- sending ---

    def send(self, obj):
        """Send an object."""
        self._check_writable()
        self._send_bytes(_ForkingPickler.dumps(obj))

    def send_bytes(self, buf, offset=0, size=None):
        """Send the bytes of a buffer as a message."""
        self._check_writable()
        view = memoryview(buf)
        data = view.cast('B') if view.itemsize > 1 else view
        for wrong, complaint in ((offset < 0, 'offset is negative'),
                                 (offset > data.nbytes, 'buffer length < offset'),
                                 (size is not None and size < 0, 'size is negative'),
                                 (size is not None and offset + size > data.nbytes, 'buffer length < offset + size')):
            if wrong:
                raise ValueError(complaint)
        self._send_bytes(data[offset:None if size is None else offset + size])

    # --- receiving ---

    def poll(self, timeout=0.0):
        """Is there something to be read?"""
        self._check_readable()
        return bool(wait([self], timeout))

    def recv(self):
        """The next object."""
        self._check_readable()
        return _ForkingPickler.loads(self._recv_bytes())

    def recv_bytes(self, maxlength=None):
        """The bytes of the next message."""
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError('negative maxlength')
        data = self._recv_bytes(maxlength)
        return self._bad_message_length() if data is None else data

    def recv_bytes_into(self, buf, offset=0):
        """Put the bytes of the next message into a buffer; how many they are."""
        self._check_readable()
        with memoryview(buf) as view, view.cast('B') if view.ndim else view as room:
            if offset < 0:
                raise ValueError('negative offset')
            if offset > view.nbytes:
                raise ValueError('offset too large')
            data = self._recv_bytes()
            end = offset + len(data)
            if end > view.nbytes:
                # The message is not lost.
                raise BufferTooShort(data)
            room[offset:end] = data
            return len(data)

    # --- the end ---

    def close(self):
        """Close the connection."""
        if self.closed:
            return
        try:
            self._close()
        finally:
            self._handle = None

    def __del__(self):
        if self._handle is not None:
            self._close()

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


def _check_key(authkey):
    if not isinstance(authkey, (bytes, type(None))):
        raise TypeError('authkey should be a byte string')


def _require_family(family):
    if not hasattr(socket, family):
        raise ValueError(f'Family {family} is not recognized.')


class Listener:
    """Waits for clients at an address."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        if not family:
            family = address_type(address) if address else default_family
        _require_family(family)
        if not address:
            address = arbitrary_address(family)
        _check_key(authkey)
        self._family, self._authkey, self._last_accepted, self._unlink = family, authkey, None, None
        self._socket = sock = socket.socket(getattr(socket, family))
        try:
            sock.setblocking(True)
            if family == 'AF_INET':
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(address)
            sock.listen(backlog)
        except OSError:
            sock.close()
            raise
        self._address = sock.getsockname()
        if family == 'AF_UNIX' and not util.is_abstract_socket_namespace(address):
            self._unlink = util.Finalize(self, os.unlink, (address,), exitpriority=0)

    address = property(lambda self: self._address)
    last_accepted = property(lambda self: self._last_accepted)

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

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def Client(address, family=None, authkey=None):
    """A connection to the listener at an address."""
    family = family or address_type(address)
    _require_family(family)
    _check_key(authkey)
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


# --- objects as XML, for the other side of another make ---

class ConnectionWrapper:
    """A connection whose objects are turned into bytes and back in another way."""

    def __init__(self, conn, dumps, loads):
        self._conn, self._dumps, self._loads = conn, dumps, loads
        for name in ('fileno', 'close', 'poll', 'recv_bytes', 'send_bytes'):
            setattr(self, name, getattr(conn, name))

    def send(self, obj):
        """Send an object."""
        self._conn.send_bytes(self._dumps(obj))

    def recv(self):
        """The next object."""
        return self._loads(self._conn.recv_bytes())

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def _to_xml(obj):
    from xmlrpc import client
    return client.dumps((obj,), allow_none=True).encode('utf-8')


def _from_xml(data):
    from xmlrpc import client
    return client.loads(data.decode('utf-8'))[0][0]


class XmlListener(Listener):
    """A listener for clients that speak XML."""

    def accept(self):
        return ConnectionWrapper(super().accept(), _to_xml, _from_xml)


def XmlClient(*args, **kwds):
    """A client that speaks XML."""
    return ConnectionWrapper(Client(*args, **kwds), _to_xml, _from_xml)


def _reduce_connection(connection):
    return _rebuild_connection, (reduction.DupFd(connection.fileno()), connection.readable, connection.writable)


def _rebuild_connection(dup, readable, writable):
    return Connection(dup.detach(), readable, writable)


reduction.register(Connection, _reduce_connection)

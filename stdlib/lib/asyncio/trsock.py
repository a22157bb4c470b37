"""The socket of a transport, as programs get to see it.

A transport's socket may be looked at and tuned, but not be read, written or
closed behind the transport's back: so it is shown through this wrapper, which
has the harmless methods alone.
"""

_SAFE_METHODS = ('fileno', 'dup', 'get_inheritable', 'shutdown', 'getsockopt', 'setsockopt', 'getpeername',
                 'getsockname', 'getsockbyname')


class TransportSocket:
    """A transport's socket without what would disturb the transport."""

    __slots__ = ('_sock',)

    def __init__(self, sock):
        self._sock = sock

    def __repr__(self):
        words = f'fd={self.fileno()}, family={self.family!s}, type={self.type!s}, proto={self.proto}'
        if self.fileno() != -1:
            for label, ask in (('laddr', self.getsockname), ('raddr', self.getpeername)):
                try:
                    address = ask()
                except OSError:
                    continue
                if address:
                    words += f', {label}={address}'
        return f'<asyncio.TransportSocket {words}>'

    def __getstate__(self):
        raise TypeError('Cannot serialize asyncio.TransportSocket object')

    family = property(lambda self: self._sock.family)
    type = property(lambda self: self._sock.type)
    proto = property(lambda self: self._sock.proto)

    # It never blocks, and that is not to be changed.

    def gettimeout(self):
        return 0

    def settimeout(self, value):
        if value != 0:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def setblocking(self, flag):
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')


def _forward(name):
    def method(self, *args, **kwargs):
        return getattr(self._sock, name)(*args, **kwargs)

    method.__name__ = name
    method.__qualname__ = f'TransportSocket.{name}'
    return method


for _name in _SAFE_METHODS:
    setattr(TransportSocket, _name, _forward(_name))
del _name

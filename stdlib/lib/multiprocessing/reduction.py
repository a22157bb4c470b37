"""How objects are sent to other processes: a pickler of its own, and descriptors through sockets."""
import copyreg
import functools
import io
import os
import pickle
import socket

__all__ = ['send_handle', 'recv_handle', 'ForkingPickler', 'register', 'dump']

HAVE_SEND_HANDLE = True


class ForkingPickler(pickle.Pickler):
    """A pickler that knows more types than others."""

    _extra_reducers = {}
    _copyreg_dispatch = copyreg.dispatch_table

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = {**self._copyreg_dispatch, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Have objects of a type reduced by a function."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        """The pickled object, as a buffer."""
        buffer = io.BytesIO()
        cls(buffer, protocol).dump(obj)
        return buffer.getvalue()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Pickle an object into a file."""
    ForkingPickler(file, protocol).dump(obj)


def sendfds(sock, fds):
    """Send descriptors over a Unix socket."""
    socket.send_fds(sock, [bytes([len(fds) % 256])], fds)
    if sock.recv(1) != b'A':
        raise RuntimeError('did not receive acknowledgement of fd')


def recvfds(sock, size):
    """Receive descriptors over a Unix socket."""
    message, fds, flags, address = socket.recv_fds(sock, 1, size)
    if not message and not fds:
        raise EOFError
    sock.send(b'A')
    if len(fds) != size or message[0] != size % 256:
        raise RuntimeError('Invalid data received')
    return fds


def send_handle(conn, handle, destination_pid):
    """Send a descriptor over a local connection."""
    with socket.fromfd(conn.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sendfds(sock, [handle])


def recv_handle(conn):
    """Receive a descriptor over a local connection."""
    with socket.fromfd(conn.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        return recvfds(sock, 1)[0]


def DupFd(fd):
    """Something that can be pickled and whose detach() gives a copy of the descriptor in the other process."""
    from .context import get_spawning_popen
    popen = get_spawning_popen()
    if popen is not None:
        return popen.DupFd(popen.duplicate_for_child(fd))
    from . import resource_sharer
    return resource_sharer.DupFd(fd)


def _reduce_method(method):
    if method.__self__ is None:
        return getattr, (type(method), method.__func__.__name__)
    return getattr, (method.__self__, method.__func__.__name__)


class _C:
    def f(self):
        pass


register(type(_C().f), _reduce_method)


def _reduce_method_descriptor(method):
    return getattr, (method.__objclass__, method.__name__)


register(type(list.append), _reduce_method_descriptor)
register(type(int.__add__), _reduce_method_descriptor)


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


register(functools.partial, lambda p: (_rebuild_partial, (p.func, p.args, p.keywords or {})))


def _reduce_socket(sock):
    return _rebuild_socket, (DupFd(sock.fileno()), sock.family, sock.type, sock.proto)


def _rebuild_socket(dup, family, type, proto):
    return socket.socket(family, type, proto, fileno=dup.detach())


register(socket.socket, _reduce_socket)

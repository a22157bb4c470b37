"""Lending descriptors to processes that run already: a thread hands them out over a local socket.

DupFd, when it is made, leaves a copy of a descriptor with the lender of this process; what is pickled is the lender's
address and a number. The other process comes with the number and takes the descriptor, once.
"""
import os
import threading
from . import process
from .reduction import recv_handle, send_handle

__all__ = ['DupFd', 'stop']


class DupFd:
    """A descriptor on its way to another process."""

    def __init__(self, fd):
        self._ticket = _lender.leave(os.dup(fd))

    def detach(self):
        """The descriptor; to be called once."""
        address, number = self._ticket
        with _connect(address, (number, os.getpid())) as connection:
            return recv_handle(connection)


def _key():
    return process.current_process().authkey


def _connect(address, message):
    from .connection import Client
    client = Client(address, authkey=_key())
    client.send(message)
    return client


class _Lender:
    """The descriptors that wait to be fetched, and the thread that hands them out. It starts with the first."""

    def __init__(self):
        from .util import register_after_fork
        self._lock = threading.Lock()
        self._waiting = {}  # number -> descriptor
        self._last = 0
        self._listener = self._thread = None
        register_after_fork(self, _Lender._forget)

    def leave(self, descriptor):
        """Keep a descriptor until it is fetched. Returns the address and the number under which it will be."""
        with self._lock:
            if self._listener is None:
                self._start()
            self._last += 1
            self._waiting[self._last] = descriptor
            return self._listener.address, self._last

    def _start(self):
        from .connection import Listener
        self._listener = Listener(authkey=_key(), backlog=128)
        self._thread = threading.Thread(target=self._serve, args=(self._listener,), daemon=True)
        self._thread.start()

    def stop(self, timeout=None):
        """End the thread; what nobody has fetched is closed."""
        with self._lock:
            if self._listener is not None:
                _connect(self._listener.address, None).close()
                self._thread.join(timeout)
                self._drop_all()

    def _drop_all(self):
        while self._waiting:
            os.close(self._waiting.popitem()[1])
        if self._listener is not None:
            self._listener.close()
        self._listener = self._thread = None

    def _forget(self):
        """In a child: what waits belongs to the parent, and the thread is not here."""
        self._lock._at_fork_reinit()
        self._drop_all()

    def _serve(self, listener):
        while True:
            try:
                with listener.accept() as connection:
                    message = connection.recv()
                    if message is None:
                        return
                    self._hand_out(connection, *message)
            except Exception:  # one client's trouble is not another's
                import sys
                sys.excepthook(*sys.exc_info())

    def _hand_out(self, connection, number, pid):
        descriptor = self._waiting.pop(number)
        try:
            send_handle(connection, descriptor, pid)
        finally:
            os.close(descriptor)


_lender = _Lender()
stop = _lender.stop

"""Lending descriptors to processes that run already: a thread hands them out over a local socket."""
import os
import threading
from . import process
from .reduction import recv_handle, send_handle

__all__ = ['DupFd', 'stop']


class DupFd:
    """A descriptor on its way to another process."""

    def __init__(self, fd):
        copy = os.dup(fd)
        self._id = _sharer.register(lambda conn, pid: send_handle(conn, copy, pid), lambda: os.close(copy))

    def detach(self):
        """The descriptor; to be called once."""
        with _Sharer.get_connection(self._id) as conn:
            return recv_handle(conn)


class _Sharer:
    def __init__(self):
        self._key = 0
        self._cache = {}
        self._lock = threading.Lock()
        self._listener = self._address = self._thread = None
        from . import util
        util.register_after_fork(self, _Sharer._reset)

    def register(self, send, close):
        """Keep a resource until it is fetched; the address and number under which it will be."""
        with self._lock:
            if self._address is None:
                self._start()
            self._key += 1
            self._cache[self._key] = (send, close)
            return self._address, self._key

    @staticmethod
    def get_connection(ident):
        from .connection import Client
        address, key = ident
        conn = Client(address, authkey=process.current_process().authkey)
        conn.send((key, os.getpid()))
        return conn

    def stop(self, timeout=None):
        from .connection import Client
        with self._lock:
            if self._address is not None:
                with Client(self._address, authkey=process.current_process().authkey) as conn:
                    conn.send(None)
                self._thread.join(timeout)
                self._listener.close()
                self._thread = self._address = self._listener = None
                for send, close in self._cache.values():
                    close()
                self._cache.clear()

    def _reset(self):
        for send, close in self._cache.values():
            close()
        self._cache.clear()
        self._lock._at_fork_reinit()
        if self._listener is not None:
            self._listener.close()
        self._listener = self._address = self._thread = None

    def _start(self):
        from .connection import Listener
        self._listener = Listener(authkey=process.current_process().authkey, backlog=128)
        self._address = self._listener.address
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            try:
                with self._listener.accept() as conn:
                    message = conn.recv()
                    if message is None:
                        break
                    key, pid = message
                    send, close = self._cache.pop(key)
                    try:
                        send(conn, pid)
                    finally:
                        close()
            except Exception:
                import sys
                sys.excepthook(*sys.exc_info())


_sharer = _Sharer()
stop = _sharer.stop

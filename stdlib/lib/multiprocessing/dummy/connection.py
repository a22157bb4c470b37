"""Connections between threads: two queues."""
import queue

__all__ = ['Client', 'Listener', 'Pipe']

families = [None]


class _Closing:
    """Closed at the end of a with block."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class Connection(_Closing):
    """One end: a queue to put into and one to get from."""

    def __init__(self, incoming, outgoing):
        self._in, self._out = incoming, outgoing
        self.recv = self.recv_bytes = incoming.get
        self.send = self.send_bytes = outgoing.put

    def poll(self, timeout=0.0):
        """Is there something to be read?"""
        if timeout > 0.0:
            with self._in.not_empty:
                self._in.not_empty.wait_for(self._in._qsize, timeout)
        return not self._in.empty()

    def close(self):
        """Queues are not closed."""


def Pipe(duplex=True):
    """Two connections to each other."""
    there, back = queue.Queue(), queue.Queue()
    return Connection(back, there), Connection(there, back)


class Listener(_Closing):
    """Waits for clients of the same process; its address is a queue of them."""

    def __init__(self, address=None, family=None, backlog=1):
        self._waiting = queue.Queue(backlog)

    address = property(lambda self: self._waiting)

    def accept(self):
        return self._waiting.get()

    def close(self):
        self._waiting = None


def Client(address):
    """A connection to a listener."""
    mine, other = Pipe()
    address.put(other)
    return mine

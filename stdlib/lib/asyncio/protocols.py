"""Protocols: the classes whose methods a transport calls.

Nothing happens in any of them. A program derives from the one for its kind of
transport and gives the methods it cares about.
"""

__all__ = ("BaseProtocol", "Protocol", "BufferedProtocol",
           "DatagramProtocol", "SubprocessProtocol")


class BaseProtocol:
    """Connections come and go, buffers fill and drain."""

    __slots__ = ()

    def connection_made(self, transport):
        """Called first, with the transport."""

    def connection_lost(self, exc):
        """Called last; without an error `exc` is None."""

    def pause_writing(self):
        """Too much waits to be written: stop for now."""

    def resume_writing(self):
        """Enough has been written: go on."""


class _StreamEnd(BaseProtocol):
    __slots__ = ()

    def eof_received(self):
        """The other side will send nothing more. Answer something true to
        be able to write still; else the transport closes."""


class Protocol(_StreamEnd):
    """Is handed the bytes of a stream."""

    __slots__ = ()

    def data_received(self, data):
        """`data` came; where the sender's writes ended is not to be seen."""


class BufferedProtocol(_StreamEnd):
    """Gives the memory that a stream is read into."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A writable buffer; about `sizehint` bytes (-1: any) would do."""

    def buffer_updated(self, nbytes):
        """The first `nbytes` of that buffer are new."""


class DatagramProtocol(BaseProtocol):
    """Is handed packets."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A packet and who sent it."""

    def error_received(self, exc):
        """An OSError of an earlier send, or of this receive."""


class SubprocessProtocol(BaseProtocol):
    """Hears of a child process and its pipes (by the child's number)."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child wrote `data`."""

    def pipe_connection_lost(self, fd, exc):
        """That pipe is of no use any more."""

    def process_exited(self):
        """The child has ended; its pipes may still hold something."""

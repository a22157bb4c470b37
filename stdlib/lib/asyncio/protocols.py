"""The base classes of protocols: what a transport calls."""

__all__ = ("BaseProtocol", "Protocol", "BufferedProtocol",
           "DatagramProtocol", "SubprocessProtocol")


class BaseProtocol:
    """Connection and flow control."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there."""

    def connection_lost(self, exc):
        """The connection is gone (`exc` is None when closed in order)."""

    def pause_writing(self):
        """The transport's buffer is over its high mark."""

    def resume_writing(self):
        """The transport's buffer is below its low mark again."""


class Protocol(BaseProtocol):
    """For streams of bytes."""

    __slots__ = ()

    def data_received(self, data):
        """Bytes came."""

    def eof_received(self):
        """The peer sends no more; a true value keeps the transport open."""


class BufferedProtocol(BaseProtocol):
    """For streams read into a buffer of the protocol's own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """The buffer to read into."""

    def buffer_updated(self, nbytes):
        """So many bytes were read into the buffer."""

    def eof_received(self):
        """The peer sends no more; a true value keeps the transport open."""


class DatagramProtocol(BaseProtocol):
    """For datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram came."""

    def error_received(self, exc):
        """Sending or receiving failed with an OSError."""


class SubprocessProtocol(BaseProtocol):
    """For child processes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child wrote to the pipe that it has as `fd`."""

    def pipe_connection_lost(self, fd, exc):
        """The pipe is closed."""

    def process_exited(self):
        """The child has ended."""

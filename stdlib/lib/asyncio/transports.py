"""The transports' base classes, and flow control of writing.

A transport moves bytes for a protocol. The classes here only say what can be
asked of one; a loop's own transports give the answers.
"""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport",
           "DatagramTransport", "SubprocessTransport")


class BaseTransport:
    """What all transports have."""

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """A fact about the transport by its name."""
        return self._extra.get(name, default)

    def is_closing(self):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError

    def set_protocol(self, protocol):
        raise NotImplementedError

    def get_protocol(self):
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """Reads for its protocol."""

    def is_reading(self):
        raise NotImplementedError

    def pause_reading(self):
        raise NotImplementedError

    def resume_reading(self):
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """Writes what it is given, buffering what cannot go at once."""

    def set_write_buffer_limits(self, high=None, low=None):
        raise NotImplementedError

    def get_write_buffer_size(self):
        raise NotImplementedError

    def get_write_buffer_limits(self):
        raise NotImplementedError

    def write(self, data):
        raise NotImplementedError

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))

    def write_eof(self):
        raise NotImplementedError

    def can_write_eof(self):
        raise NotImplementedError

    def abort(self):
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """Reads and writes."""


class DatagramTransport(BaseTransport):
    """Sends and receives datagrams."""

    def sendto(self, data, addr=None):
        raise NotImplementedError

    def abort(self):
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """A child process and its pipes."""

    def get_pid(self):
        raise NotImplementedError

    def get_returncode(self):
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        raise NotImplementedError

    def send_signal(self, signal):
        raise NotImplementedError

    def terminate(self):
        raise NotImplementedError

    def kill(self):
        raise NotImplementedError


def _water_marks(high, low, default_kib):
    """(low, high) in bytes: what is not given follows from the other, at one
    to four."""
    if high is None:
        high = default_kib * 1024 if low is None else 4 * low
    if low is None:
        low = high // 4
    if high >= low >= 0:
        return low, high
    raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")


class _FlowControlMixin(Transport):
    """Pauses the protocol above the high mark, resumes it at the low one."""

    _protocol_paused = False

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        self._loop = loop
        self._init_limits()

    def _init_limits(self, high=None, low=None):
        self._low, self._high = _water_marks(high, low, 64)

    def set_write_buffer_limits(self, high=None, low=None):
        self._init_limits(high, low)
        self._pause_if_full()

    def get_write_buffer_limits(self):
        return self._low, self._high

    def _pause_if_full(self):
        if not self._protocol_paused and (
                self.get_write_buffer_size() > self._high):
            self._protocol_paused = True
            self._tell_protocol("pause_writing")

    def _resume_if_drained(self):
        if self._protocol_paused and (
                self.get_write_buffer_size() <= self._low):
            self._protocol_paused = False
            self._tell_protocol("resume_writing")

    def _tell_protocol(self, method):
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": f"protocol.{method}() failed",
                "exception": exc,
                "transport": self,
                "protocol": self._protocol,
            })

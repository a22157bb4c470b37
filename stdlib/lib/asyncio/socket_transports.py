"""Transports over what the loop watches; and the one over a stream socket.

What happens for every message of a stream is native (_asyncio._Channel): a
read that goes to the protocol's data_received(), a write that goes out at
once. It calls the methods here for everything else.
"""

import socket
import warnings

from _asyncio import _Channel

from . import protocols
from .constants import LOG_THRESHOLD_FOR_CONNLOST_WRITES, _SendfileMode
from . import futures
from . import transports
from . import trsock
from .log import logger

_CHUNK = 256 * 1024


class _SelectorTransport(_Channel, transports._FlowControlMixin):
    """Closing, failing and reading, whatever the descriptor is."""

    # Until __init__ has come that far: repr and __del__ ask for them.
    _loop = _file = _fd = None
    _closing = False

    def __init__(self, loop, file, protocol, extra, server=None):
        self._extra = {} if extra is None else extra
        self._loop = loop
        self._file = file
        self._fd = file.fileno()
        self._server = server
        self._set_channel(self._fd, isinstance(file, socket.socket))
        self._closing = False
        self._lost_writes = 0
        self._paused_reading = False
        self._eof_sent = False
        self._lent = None  # sendfile has the socket: done when it may begin
        self._buffer = bytearray()
        self._init_limits()
        self.set_protocol(protocol)
        loop._transports[self._fd] = self
        if server is not None:
            server._attach()

    def __repr__(self):
        words = [type(self).__name__]
        if self._file is None:
            words.append("closed")
        elif self._closing:
            words.append("closing")
        words.append(f"fd={self._fd}")
        if self._loop is not None and not self._loop.is_closed():
            mask, _ = self._loop._watched(self._fd)
            words.append("read=polling" if mask & 1 else "read=idle")
            state = "polling" if mask & 2 else "idle"
            words.append(f"write=<{state}, "
                         f"bufsize={self.get_write_buffer_size()}>")
        return f"<{' '.join(words)}>"

    def __del__(self):
        if getattr(self, "_file", None) is not None:
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning,
                          source=self)
            self._file.close()

    def _start(self, waiter):
        loop = self._loop
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._start_reading)
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def _start_reading(self):
        if self.is_reading():
            self._loop._add_reader(self._fd, self._read_ready)

    def set_protocol(self, protocol):
        buffered = isinstance(protocol, protocols.BufferedProtocol)
        self._feed(protocol, not buffered)

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closing

    def is_reading(self):
        return not self._closing and not self._paused_reading

    def pause_reading(self):
        if self.is_reading():
            self._paused_reading = True
            self._loop._remove_reader(self._fd)

    def resume_reading(self):
        if self._paused_reading and not self._closing:
            self._paused_reading = False
            self._loop._add_reader(self._fd, self._read_ready)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def close(self):
        """Closes once the buffer is written."""
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._fd)
        if not self.get_write_buffer_size():
            self._ended = True
            self._loop._remove_writer(self._fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        """Closes at once; what is in the buffer is lost."""
        self._force_close(None)

    def _fatal_error(self, exc, message="Fatal error on transport"):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({
                "message": message,
                "exception": exc,
                "transport": self,
                "protocol": self._protocol,
            })
        self._force_close(exc)

    def _force_close(self, exc):
        if self._ended:
            return
        self._drop_unsent()
        self._loop._remove_writer(self._fd)
        if not self._closing:
            self._closing = True
            self._loop._remove_reader(self._fd)
        self._ended = True
        self._loop.call_soon(self._call_connection_lost, exc)

    def _drop_unsent(self):
        self._buffer.clear()

    def _call_connection_lost(self, exc):
        if self._lent is not None and not self._lent.done():
            self._lent.set_exception(
                ConnectionError("Connection is closed by peer"))
        try:
            self._protocol.connection_lost(exc)
        finally:
            if self._loop._transports.get(self._fd) is self:
                del self._loop._transports[self._fd]
            self._file.close()
            self._file = None
            self._feed(None, False)
            server, self._server = self._server, None
            if server is not None:
                server._detach()

    # Reading.

    def _read_special(self):
        """Into the buffer of a BufferedProtocol; _receive_into is the
        subclass's."""
        protocol = self._protocol
        try:
            buffer = protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError("get_buffer() returned an empty buffer")
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(
                exc, "Fatal error: protocol.get_buffer() call failed.")
            return
        try:
            count = self._receive_into(buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._read_failed(exc)
            return
        if not count:
            self._end_of_input()
            return
        try:
            protocol.buffer_updated(count)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(
                exc, "Fatal error: protocol.buffer_updated() call failed.")

    def _read_failed(self, exc):
        self._fatal_error(exc, f"Fatal read error on {self._kind} transport")

    def _receiver_failed(self, exc):
        self._fatal_error(
            exc, "Fatal error: protocol.data_received() call failed.")

    def _end_of_input(self):
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(
                exc, "Fatal error: protocol.eof_received() call failed.")
            return
        if keep_open:
            self._loop._remove_reader(self._fd)
        else:
            self.close()

    # Writing; _send is the subclass's.

    def _write(self, data, sent):
        """A write that the channel could not make: not bytes, after others,
        or to a connection that is no more."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("data argument must be a bytes-like object, not "
                            f"{type(data).__name__!r}")
        if self._eof_sent:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._lent is not None:
            raise RuntimeError("unable to write; sendfile is in progress")
        if not len(data):
            return
        data = bytes(data)
        if self._ended:
            self._lost_writes += 1
            if self._lost_writes == LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("socket.send() raised exception.")
        elif self._queued:
            self._buffer.extend(data)
            self._pause_if_full()
        else:
            self.write(data)

    def _write_rest(self, data, sent):
        """Only a part went out: the rest waits."""
        self._buffer.extend(memoryview(data)[sent:])
        self._queued = True
        self._loop._add_writer(self._fd, self._write_ready)
        self._pause_if_full()

    def _write_failed(self, exc):
        self._fatal_error(exc, f"Fatal write error on {self._kind} transport")

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))

    def _write_ready(self):
        if self._ended:
            return
        try:
            sent = self._send(self._buffer[:_CHUNK])
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop._remove_writer(self._fd)
            self._write_failed(exc)
            return
        del self._buffer[:sent]
        self._resume_if_drained()
        if self._buffer:
            return
        self._loop._remove_writer(self._fd)
        self._queued = self._eof_sent or self._lent is not None
        if self._lent is not None:
            futures._set_result_unless_cancelled(self._lent, None)
        if self._closing:
            self._ended = True
            self._call_connection_lost(None)
        elif self._eof_sent:
            self._send_eof()

    async def _lend_socket(self):
        """Waits until all is written; from now on nothing else is."""
        if self._lent is not None:
            raise RuntimeError("Empty waiter is already set")
        self._lent = self._loop.create_future()
        if not self._buffer:
            self._lent.set_result(None)
        self._queued = True
        await self._lent

    def _take_socket_back(self):
        self._lent = None
        self._queued = bool(self._buffer) or self._eof_sent

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof_sent:
            return
        self._eof_sent = True
        self._queued = True
        if not self._buffer:
            self._send_eof()


def _name(call):
    try:
        return call()
    except OSError:
        return None


def _set_nodelay(sock):
    """Small messages go at once: who writes them wants an answer."""
    if (sock.type == socket.SOCK_STREAM and sock.proto == socket.IPPROTO_TCP
            and sock.family in (socket.AF_INET, socket.AF_INET6)):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class _SelectorSocketTransport(_SelectorTransport):
    """A connected stream socket."""

    _kind = "socket"
    _start_tls_compatible = True
    _sendfile_compatible = _SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None,
                 server=None):
        extra = {} if extra is None else extra
        extra["socket"] = trsock.TransportSocket(sock)
        extra["sockname"] = _name(sock.getsockname)
        extra.setdefault("peername", _name(sock.getpeername))
        super().__init__(loop, sock, protocol, extra, server)
        _set_nodelay(sock)
        self._start(waiter)

    def _receive_into(self, buffer):
        return self._file.recv_into(buffer)

    def _send(self, data):
        return self._file.send(data)

    def _send_eof(self):
        try:
            self._file.shutdown(socket.SHUT_WR)
        except OSError:
            pass

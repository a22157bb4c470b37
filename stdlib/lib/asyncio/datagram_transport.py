"""The transport of a datagram socket, bound or connected."""

import collections

from . import trsock
from .constants import LOG_THRESHOLD_FOR_CONNLOST_WRITES
from .log import logger
from .socket_transports import _CHUNK, _SelectorTransport, _name


class _SelectorDatagramTransport(_SelectorTransport):
    """Packets that the socket does not take at once wait in a queue, each with its address."""

    _kind = 'datagram'

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        extra = {} if extra is None else extra
        extra.update(socket=trsock.TransportSocket(sock), sockname=_name(sock.getsockname))
        extra.setdefault('peername', _name(sock.getpeername))
        self._packets = collections.deque()
        self._size = 0
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._start(waiter)

    def get_write_buffer_size(self):
        return self._size

    def _read_ready(self):
        if self._ended:
            return
        try:
            data, address = self._file.recvfrom(_CHUNK)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as exc:
            self._protocol.error_received(exc)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._read_failed(exc)
        else:
            self._protocol.datagram_received(data, address)

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f'data argument must be a bytes-like object, not {type(data).__name__!r}')
        if not data:
            return
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f'Invalid address: must be None or {self._address}')
            addr = self._address
            if self._ended:
                self._count_lost_write()
                return
        if self._packets or not self._send_packet(data, addr):
            self._packets.append((bytes(data), addr))
            self._size += len(data)
            if len(self._packets) == 1:
                self._loop._add_writer(self._fd, self._write_ready)
            self._pause_if_full()

    def _count_lost_write(self):
        if self._lost_writes >= LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning('socket.send() raised exception.')
        self._lost_writes += 1

    def _send_packet(self, data, address):
        """False when the socket takes no more for now. A packet that cannot be sent is gone, as on any network."""
        try:
            if self._extra['peername']:
                self._file.send(data)
            else:
                self._file.sendto(data, address)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as exc:
            self._protocol.error_received(exc)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._write_failed(exc)
        return True

    def _write_ready(self):
        while self._packets and not self._ended:
            data, address = self._packets[0]
            if not self._send_packet(data, address):
                break
            if self._packets:
                self._packets.popleft()
                self._size -= len(data)
        self._resume_if_drained()
        if not self._packets:
            self._loop._remove_writer(self._fd)
            if self._closing and not self._ended:
                self._ended = True
                self._call_connection_lost(None)

    def _drop_unsent(self):
        self._packets.clear()
        self._size = 0

"""Sending files: by the system (os.sendfile) where it can, else by reading them piece by piece."""

import errno
import io
import os
import socket
import sys

from . import constants
from . import exceptions
from . import protocols
from . import transports
from .constants import _SendfileMode

_TRANSPORT_PIECE = 16384


def _check_ssl_socket(sock):
    ssl = sys.modules.get('ssl')  # not loaded: it cannot be one
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError('Socket cannot be of type SSLSocket')


class _SendfileFallbackProtocol(protocols.Protocol):
    """Takes the place of a transport's protocol while a file goes out: nothing is read, and writing waits for room."""

    def __init__(self, transport):
        if not isinstance(transport, transports._FlowControlMixin):
            raise TypeError('transport should be _FlowControlMixin instance')
        self._transport = transport
        self._real = transport.get_protocol()
        self._was_reading = transport.is_reading()
        self._was_paused = transport._protocol_paused
        self._room = None
        transport.pause_reading()
        transport.set_protocol(self)
        if self._was_paused:
            self.pause_writing()

    async def drain(self):
        if self._transport.is_closing():
            raise ConnectionError('Connection closed by peer')
        if self._room is not None:
            await self._room

    async def restore(self):
        self._transport.set_protocol(self._real)
        if self._was_reading:
            self._transport.resume_reading()
        if self._room is not None:
            self._room.cancel()
        if self._was_paused:
            self._real.resume_writing()

    def connection_made(self, transport):
        raise RuntimeError('Invalid state: connection should have been established already.')

    def connection_lost(self, exc):
        if self._room is not None:
            self._room.set_exception(ConnectionError('Connection is closed by peer') if exc is None else exc)
        self._real.connection_lost(exc)

    def pause_writing(self):
        if self._room is None:
            self._room = self._transport._loop.create_future()

    def resume_writing(self):
        room, self._room = self._room, None
        if room is not None:
            room.set_result(False)

    def data_received(self, data):
        raise RuntimeError('Invalid state: reading should be paused')

    eof_received = data_received


class SendfileCalls:
    """Mixed into every loop: reading and sending."""

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Sends a file through a transport; the number of bytes that went."""
        if transport.is_closing():
            raise RuntimeError('Transport is closing')
        mode = getattr(transport, '_sendfile_compatible', _SendfileMode.UNSUPPORTED)
        if mode is _SendfileMode.UNSUPPORTED:
            raise RuntimeError(f'sendfile is not supported for transport {transport!r}')
        if mode is _SendfileMode.TRY_NATIVE:
            try:
                return await self._sendfile_native(transport, file, offset, count)
            except exceptions.SendfileNotAvailableError:
                if not fallback:
                    raise
        if not fallback:
            raise RuntimeError('fallback is disabled and native sendfile is not '
                               f'supported for transport {transport!r}')
        return await self._sendfile_fallback(transport, file, offset, count)

    async def _sendfile_native(self, transport, file, offset, count):
        raise exceptions.SendfileNotAvailableError('sendfile syscall is not supported')

    async def _sendfile_fallback(self, transport, file, offset, count):
        stand_in = _SendfileFallbackProtocol(transport)

        async def send(piece):
            await stand_in.drain()
            transport.write(piece)

        try:
            return await self._send_pieces(file, offset, count, _TRANSPORT_PIECE, send)
        finally:
            await stand_in.restore()

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        """Sends a file's bytes over a socket; the number of bytes that went."""
        if self._debug and sock.gettimeout() != 0:
            raise ValueError('the socket must be non-blocking')
        _check_ssl_socket(sock)
        self._check_sendfile_params(sock, file, offset, count)
        try:
            return await self._sock_sendfile_native(sock, file, offset, count)
        except exceptions.SendfileNotAvailableError:
            if not fallback:
                raise
        return await self._sock_sendfile_fallback(sock, file, offset, count)

    async def _sock_sendfile_native(self, sock, file, offset, count):
        raise exceptions.SendfileNotAvailableError(
            f'syscall sendfile is not available for socket {sock!r} and file {file!r} combination')

    async def _sock_sendfile_fallback(self, sock, file, offset, count):
        async def send(piece):
            await self.sock_sendall(sock, piece)

        return await self._send_pieces(file, offset, count, constants.SENDFILE_FALLBACK_READBUFFER_SIZE, send)

    async def _send_pieces(self, file, offset, count, most, send):
        """Reads in the executor and sends; leaves the file behind what went."""
        if offset:
            file.seek(offset)
        total = 0
        buffer = memoryview(bytearray(min(count, most) if count else most))
        try:
            while not count or total < count:
                room = buffer[:count - total] if count else buffer
                size = await self.run_in_executor(None, file.readinto, room)
                if not size:
                    break
                await send(room[:size])
                total += size
            return total
        finally:
            if total and hasattr(file, 'seek'):
                file.seek(offset + total)

    def _check_sendfile_params(self, sock, file, offset, count):
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError('file should be opened in binary mode')
        if sock.type != socket.SOCK_STREAM:
            raise ValueError('only SOCK_STREAM type sockets are supported')
        if count is not None:
            _check_number(count, 1, 'count must be a positive integer')
        _check_number(offset, 0, 'offset must be a non-negative integer')


class SystemSendfile:
    """Mixed into the selector loop: os.sendfile."""

    async def _sendfile_native(self, transport, file, offset, count):
        """The transport lends its socket when its buffer is empty, and takes no write until it has it back."""
        reading = transport.is_reading()
        transport.pause_reading()
        del self._transports[transport._fd]
        try:
            await transport._lend_socket()
            return await self.sock_sendfile(transport._file, file, offset, count, fallback=False)
        finally:
            transport._take_socket_back()
            if reading:
                transport.resume_reading()
            if transport._file is not None:
                self._transports[transport._fd] = transport

    async def _sock_sendfile_native(self, sock, file, offset, count):
        try:
            fd = file.fileno()
            size = os.fstat(fd).st_size
        except (AttributeError, io.UnsupportedOperation, OSError):
            raise exceptions.SendfileNotAvailableError('not a regular file') from None
        if not size:
            return 0
        total = 0

        def send():
            return os.sendfile(sock.fileno(), fd, offset + total, count - total if count else size)

        try:
            while not count or total < count:
                sent = await self._until_ready(sock, send, writes=True)
                if not sent:
                    break
                total += sent
        except OSError as exc:
            if not total:
                # Mostly a file that the system cannot map: it can still be read.
                raise exceptions.SendfileNotAvailableError('os.sendfile call failed') from exc
            if exc.errno == errno.ENOTCONN and type(exc) is not ConnectionError:
                raise ConnectionError('socket is not connected', errno.ENOTCONN) from exc
            raise
        finally:
            if total:
                os.lseek(fd, offset + total, os.SEEK_SET)
        return total


def _check_number(value, least, rule):
    if not isinstance(value, int):
        raise TypeError(f'{rule} (got {value!r})')
    if value < least:
        raise ValueError(f'{rule} (got {value!r})')

"""Streams: reading and writing connections with async/await."""

import socket
import weakref

from . import coroutines
from . import events
from . import exceptions
from . import protocols
from .tasks import sleep

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol",
           "open_connection", "start_server")

_DEFAULT_LIMIT = 2 ** 16

if hasattr(socket, "AF_UNIX"):
    __all__ += ("open_unix_connection", "start_unix_server")


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT,
                          **kwds):
    """Connects; gives (reader, writer)."""
    loop = events.get_running_loop()
    return await _open(loop, loop.create_connection, limit, host, port,
                       **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """open_connection() for Unix sockets."""
    loop = events.get_running_loop()
    return await _open(loop, loop.create_unix_connection, limit, path, **kwds)


async def _open(loop, connect, limit, *address, **kwds):
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await connect(lambda: protocol, *address, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *,
                       limit=_DEFAULT_LIMIT, **kwds):
    """A server that calls `client_connected_cb(reader, writer)`, a function
    or coroutine function, for every connection."""
    loop = events.get_running_loop()
    factory = _server_protocol(client_connected_cb, limit, loop)
    return await loop.create_server(factory, host, port, **kwds)


async def start_unix_server(client_connected_cb, path=None, *,
                            limit=_DEFAULT_LIMIT, **kwds):
    """start_server() for Unix sockets."""
    loop = events.get_running_loop()
    factory = _server_protocol(client_connected_cb, limit, loop)
    return await loop.create_unix_server(factory, path, **kwds)


def _server_protocol(callback, limit, loop):
    def factory():
        reader = StreamReader(limit=limit, loop=loop)
        return StreamReaderProtocol(reader, callback, loop=loop)
    return factory


class FlowControlMixin(protocols.Protocol):
    """drain(): waits while the transport asks for a pause."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        self._drain_waiters = []
        self._connection_lost = False

    def pause_writing(self):
        self._paused = True

    def resume_writing(self):
        self._paused = False
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if not self._paused:
            return
        for waiter in self._drain_waiters:
            if waiter.done():
                continue
            if exc is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)


class StreamReaderProtocol(FlowControlMixin):
    """Feeds a StreamReader; of a server's connection it starts the task."""

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        self._callback = client_connected_cb
        # A client's reader is its user's to keep: when nobody can read any
        # more the connection need not be fed.
        self._reader_ref = weakref.ref(stream_reader)
        self._strong_reader = (stream_reader if client_connected_cb is not None
                               else None)
        self._task = None
        self._transport = None
        self._closed = self._loop.create_future()
        self._over_tls = False

    @property
    def _stream_reader(self):
        return self._reader_ref()

    def connection_made(self, transport):
        self._transport = transport
        self._over_tls = transport.get_extra_info("sslcontext") is not None
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        if self._callback is None:
            return
        writer = StreamWriter(transport, self, reader, self._loop)
        result = self._callback(reader, writer)
        if coroutines.iscoroutine(result):
            self._task = self._loop.create_task(result)
            self._task.add_done_callback(self._on_client_done)
        self._strong_reader = None

    def _on_client_done(self, task):
        transport = self._transport
        if task.cancelled():
            if transport is not None:
                transport.close()
            return
        exc = task.exception()
        if exc is not None:
            self._loop.call_exception_handler({
                "message": "Unhandled exception in client_connected_cb",
                "exception": exc,
                "transport": transport,
            })
            if transport is not None:
                transport.close()

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
                self._closed.exception()  # wait_closed() need not be called
        super().connection_lost(exc)
        self._task = None
        self._transport = None
        self._strong_reader = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        return not self._over_tls  # TLS ends both directions at once

    def _switched_to_tls(self, transport):
        self._transport = transport
        self._over_tls = True

    def _get_close_waiter(self, writer):
        return self._closed


class StreamWriter:
    """Writes to a transport; drain() waits for its buffer."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport = transport
        self._protocol = protocol
        self._reader = reader
        self._loop = loop

    def __repr__(self):
        words = f"transport={self._transport!r}"
        if self._reader is not None:
            words += f" reader={self._reader!r}"
        return f"<{type(self).__name__} {words}>"

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def write_eof(self):
        return self._transport.write_eof()

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def close(self):
        return self._transport.close()

    def is_closing(self):
        return self._transport.is_closing()

    async def wait_closed(self):
        """Waits until the connection is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Waits until it is right to write more."""
        if self._reader is not None:
            exc = self._reader.exception()
            if exc is not None:
                raise exc
        if self._transport.is_closing():
            # connection_lost() gets its turn before a loop of writes goes on
            await sleep(0)
        protocol = self._protocol
        if not isinstance(protocol, FlowControlMixin) or (
                protocol._paused or protocol._connection_lost):
            await protocol._drain_helper()


    async def start_tls(self, sslcontext, *, server_hostname=None,
                        ssl_handshake_timeout=None):
        """Goes on under TLS; of the server's end it makes a server."""
        protocol = self._protocol
        await self.drain()
        self._transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext,
            server_side=protocol._callback is not None,
            server_hostname=server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout)
        protocol._switched_to_tls(self._transport)


class StreamReader:
    """A buffer of bytes that came, and coroutines to take them out."""

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = False
        self._waiter = None
        self._exception = None
        self._transport = None
        self._paused = False

    def __repr__(self):
        info = ["StreamReader"]
        if self._buffer:
            info.append(f"{len(self._buffer)} bytes")
        if self._eof:
            info.append("eof")
        if self._limit != _DEFAULT_LIMIT:
            info.append(f"limit={self._limit}")
        if self._waiter:
            info.append(f"waiter={self._waiter!r}")
        if self._exception:
            info.append(f"exception={self._exception!r}")
        if self._transport:
            info.append(f"transport={self._transport!r}")
        if self._paused:
            info.append("paused")
        return f"<{' '.join(info)}>"

    def exception(self):
        return self._exception

    def set_exception(self, exc):
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def _wake_reader(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    def set_transport(self, transport):
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def feed_eof(self):
        self._eof = True
        self._wake_reader()

    def at_eof(self):
        """True when the stream ended and everything was taken out."""
        return self._eof and not self._buffer

    def feed_data(self, data):
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        self._buffer.extend(data)
        self._wake_reader()
        if (self._transport is not None and not self._paused
                and len(self._buffer) > 2 * self._limit):
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                self._transport = None
            else:
                self._paused = True

    def _resume_if_room(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def _new_waiter(self, method):
        """A future that is done when something has come. Who awaits it
        forgets it afterwards."""
        if self._waiter is not None:
            raise RuntimeError(f"{method}() called while another coroutine "
                               "is already waiting for incoming data")
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        self._waiter = waiter = self._loop.create_future()
        return waiter

    async def _wait_for_data(self, method):
        waiter = self._new_waiter(method)
        try:
            await waiter
        finally:
            self._waiter = None

    def _take(self, count):
        buffer = self._buffer
        if len(buffer) <= count:
            data = bytes(buffer)
            buffer.clear()
        else:
            data = bytes(buffer[:count])
            del buffer[:count]
        if self._paused:
            self._resume_if_room()
        return data

    async def readline(self):
        """A line with its newline; less at the end of the stream."""
        try:
            return await self.readuntil(b"\n")
        except exceptions.IncompleteReadError as exc:
            return exc.partial
        except exceptions.LimitOverrunError as exc:
            if self._buffer.startswith(b"\n", exc.consumed):
                del self._buffer[:exc.consumed + 1]
            else:
                self._buffer.clear()
            self._resume_if_room()
            raise ValueError(exc.args[0])

    async def readuntil(self, separator=b"\n"):
        """Everything up to the separator, which is included."""
        size = len(separator)
        if size == 0:
            raise ValueError("Separator should be at least one-byte string")
        if self._exception is not None:
            raise self._exception
        start = 0
        while True:
            found = self._buffer.find(separator, start)
            if found >= 0:
                break
            start = max(0, len(self._buffer) + 1 - size)
            if start > self._limit:
                raise exceptions.LimitOverrunError(
                    "Separator is not found, and chunk exceed the limit",
                    start)
            if self._eof:
                chunk = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(chunk, None)
            await self._wait_for_data("readuntil")
        if found > self._limit:
            raise exceptions.LimitOverrunError(
                "Separator is found, but chunk is longer than limit", found)
        return self._take(found + size)

    async def read(self, n=-1):
        """Up to `n` bytes, as soon as there are some; all when negative."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        if n < 0:
            blocks = []
            while block := await self.read(self._limit):
                blocks.append(block)
            return b"".join(blocks)
        if not self._buffer and not self._eof:
            # as _wait_for_data(), with a coroutine less to suspend
            waiter = self._new_waiter("read")
            try:
                await waiter
            finally:
                self._waiter = None
        return self._take(n)

    async def readexactly(self, n):
        """Exactly `n` bytes, or IncompleteReadError."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        while len(self._buffer) < n:
            if self._eof:
                partial = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(partial, n)
            waiter = self._new_waiter("readexactly")
            try:
                await waiter
            finally:
                self._waiter = None
        return self._take(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line

"""Streams: connections that coroutines read and write.

Three objects stand between a transport and the program. The protocol hears what the transport has to say; the reader
collects the bytes that came, and lets the transport pause when nobody takes them; the writer passes bytes on, and its
drain() waits while the transport asks for a pause. The protocol of a server makes the two for each connection and
starts the program's callback on them.
"""

import socket
import weakref

from . import coroutines
from . import events
from . import exceptions
from . import protocols
from .tasks import sleep

__all__ = ('StreamReader', 'StreamWriter', 'StreamReaderProtocol', 'open_connection', 'start_server')
if hasattr(socket, 'AF_UNIX'):
    __all__ += ('open_unix_connection', 'start_unix_server')

_DEFAULT_LIMIT = 2 ** 16  # bytes; a reader holds twice as many before the transport has to pause


# --- connections ---

async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connects; gives (reader, writer). Other arguments are those of loop.create_connection()."""
    return await _open('create_connection', (host, port), limit, kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connects to a Unix socket; gives (reader, writer)."""
    return await _open('create_unix_connection', (path,), limit, kwds)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """A server that calls `client_connected_cb(reader, writer)` for every connection; a coroutine function becomes a
    task. Other arguments are those of loop.create_server()."""
    return await _serve('create_server', (host, port), client_connected_cb, limit, kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """A server on a Unix socket."""
    return await _serve('create_unix_server', (path,), client_connected_cb, limit, kwds)


async def _open(method, address, limit, options):
    loop = events.get_running_loop()
    reader = StreamReader(limit, loop)
    ours = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await getattr(loop, method)(lambda: ours, *address, **options)
    return reader, StreamWriter(transport, ours, reader, loop)


async def _serve(method, address, callback, limit, options):
    loop = events.get_running_loop()

    def new_protocol():
        return StreamReaderProtocol(StreamReader(limit, loop), callback, loop)

    return await getattr(loop, method)(new_protocol, *address, **options)


def _settle(future, exc):
    """Ends a future that somebody may wait for, or have stopped waiting for."""
    if future is None or future.done():
        return
    if exc is None:
        future.set_result(None)
    else:
        future.set_exception(exc)


# --- protocols ---

class FlowControlMixin(protocols.Protocol):
    """Writers wait in _drain_helper() from pause_writing() to resume_writing()."""

    def __init__(self, loop=None):
        self._loop = loop if loop is not None else events.get_event_loop()
        self._paused = self._is_lost = False
        self._drainers = set()

    def pause_writing(self):
        self._paused = True

    def resume_writing(self):
        self._paused = False
        self._let_go(None)

    def connection_lost(self, exc):
        self._is_lost = True
        if self._paused:
            self._let_go(exc)

    def _let_go(self, exc):
        for drainer in self._drainers:
            _settle(drainer, exc)

    async def _drain_helper(self):
        if self._is_lost:
            raise ConnectionResetError('Connection lost')
        if self._paused:
            drainer = self._loop.create_future()
            self._drainers.add(drainer)
            try:
                await drainer
            finally:
                self._drainers.discard(drainer)


class StreamReaderProtocol(FlowControlMixin):
    """Feeds a reader; of a server's connection it also calls back the program.

    A client's reader is its user's to keep: it is held weakly, and when nobody can read any more it need not be fed.
    That of a server is held until the callback has it.
    """

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop)
        self._find_reader = weakref.ref(stream_reader)
        self._callback = client_connected_cb
        self._held = None if client_connected_cb is None else stream_reader
        self._below = self._task = None
        self._over_tls = False
        self._is_closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return self._find_reader()

    def connection_made(self, transport):
        self._below = transport
        self._over_tls = transport.get_extra_info('sslcontext') is not None
        reader = self._find_reader()
        if reader is not None:
            reader.set_transport(transport)
        if self._callback is not None:
            self._call_back(StreamWriter(transport, self, reader, self._loop))

    def _call_back(self, writer):
        answer = self._callback(self._held, writer)
        self._held = None
        if coroutines.iscoroutine(answer):
            self._task = self._loop.create_task(answer)
            self._task.add_done_callback(self._served)

    def _served(self, task):
        """The callback's task is over; one that failed leaves no connection open."""
        exc = None if task.cancelled() else task.exception()
        if exc is not None:
            self._loop.call_exception_handler({
                'message': 'Unhandled exception in client_connected_cb', 'exception': exc, 'transport': self._below})
        if (exc is not None or task.cancelled()) and self._below is not None:
            self._below.close()

    def data_received(self, data):
        reader = self._find_reader()
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        self._end_reader(None)
        return not self._over_tls  # TLS ends both directions at once

    def _end_reader(self, exc):
        reader = self._find_reader()
        if reader is None:
            return
        if exc is None:
            reader.feed_eof()
        else:
            reader.set_exception(exc)

    def connection_lost(self, exc):
        self._end_reader(exc)
        _settle(self._is_closed, exc)
        if exc is not None and not self._is_closed.cancelled():
            self._is_closed.exception()  # retrieved: nobody has to call wait_closed()
        super().connection_lost(exc)
        self._task = self._below = self._held = None

    def _switched_to_tls(self, transport):
        self._below = transport
        self._over_tls = True

    def _get_close_waiter(self, writer):
        return self._is_closed


# --- writing ---

class StreamWriter:
    """Writes to a transport."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol = transport, protocol
        self._reader, self._loop = reader, loop

    def __repr__(self):
        reader = '' if self._reader is None else f' reader={self._reader!r}'
        return f'<{type(self).__name__} transport={self._transport!r}{reader}>'

    transport = property(lambda self: self._transport)

    def write(self, data):
        """Sends the bytes as soon as that is possible."""
        self._transport.write(data)

    async def drain(self):
        """Waits until it is right to write more."""
        if self._reader is not None and (broken := self._reader.exception()) is not None:
            raise broken
        if self._transport.is_closing():
            # connection_lost() gets its turn before a loop of writes goes on
            await sleep(0)
        way = self._protocol
        if not isinstance(way, FlowControlMixin) or way._paused or way._is_lost:
            await way._drain_helper()

    async def wait_closed(self):
        """Waits until the connection is closed."""
        closed = self._protocol._get_close_waiter(self)
        await closed

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None):
        """Goes on under TLS; a server's end is the server there too."""
        await self.drain()
        way = self._protocol
        self._transport = await self._loop.start_tls(
            self._transport, way, sslcontext, server_side=way._callback is not None,
            server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout)
        way._switched_to_tls(self._transport)


def _add_transport_method(name, doc):
    def method(self, *args, **kwargs):
        return getattr(self._transport, name)(*args, **kwargs)

    method.__name__, method.__doc__ = name, doc
    method.__qualname__ = f'StreamWriter.{name}'
    setattr(StreamWriter, name, method)


for _name, _doc in (('writelines', 'Sends several pieces of bytes.'),
                    ('write_eof', 'Ends this direction once everything is sent.'),
                    ('can_write_eof', 'Can one direction be ended alone?'),
                    ('close', 'Closes the connection once everything is sent.'),
                    ('is_closing', 'Was it closed, or is it about to be?'),
                    ('get_extra_info', 'A fact about the connection by its name, or a default.')):
    _add_transport_method(_name, _doc)
del _name, _doc


# --- reading ---

class StreamReader:
    """A buffer of bytes that came, and coroutines to take them out. One coroutine at a time may wait."""

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError('Limit cannot be <= 0')
        self._limit = limit
        self._loop = loop if loop is not None else events.get_event_loop()
        self._buffer = bytearray()
        self._waiter = self._exception = self._transport = None
        self._eof = self._paused = False

    def __repr__(self):
        words = ['StreamReader']
        if self._buffer:
            words.append(f'{len(self._buffer)} bytes')
        if self._eof:
            words.append('eof')
        if self._limit != _DEFAULT_LIMIT:
            words.append(f'limit={self._limit}')
        for name in 'waiter', 'exception', 'transport':
            if value := getattr(self, '_' + name):
                words.append(f'{name}={value!r}')
        if self._paused:
            words.append('paused')
        return f"<{' '.join(words)}>"

    # What the protocol has to tell.

    def set_transport(self, transport):
        assert self._transport is None, 'Transport already set'
        self._transport = transport

    def feed_data(self, data):
        assert not self._eof, 'feed_data after feed_eof'
        if not data:
            return
        buffer = self._buffer
        buffer += data
        waiter = self._waiter
        if waiter is not None:  # _wake(None), without the calls: this is for every message
            self._waiter = None
            if not waiter.done():
                waiter.set_result(None)
        if len(buffer) > 2 * self._limit and not self._paused and self._transport is not None:
            self._pause_transport()

    def feed_eof(self):
        self._eof = True
        self._wake(None)

    def set_exception(self, exc):
        self._exception = exc
        self._wake(exc)

    def _wake(self, exc):
        waiter, self._waiter = self._waiter, None
        _settle(waiter, exc)

    # What the reader tells the transport.

    def _pause_transport(self):
        try:
            self._transport.pause_reading()
        except NotImplementedError:
            self._transport = None  # it cannot be paused: no reason to ask again
        else:
            self._paused = True

    def _resume_transport(self):
        self._paused = False
        self._transport.resume_reading()

    # What the program asks.

    def exception(self):
        return self._exception

    def at_eof(self):
        """True when the stream ended and everything was taken out."""
        return not self._buffer and self._eof

    # Every wait is written out where it is, so that no second coroutine has to suspend. Who awaits the future
    # forgets it afterwards, whatever came.

    def _news(self, caller):
        """A future that is done when something is new: data, the end, or an error."""
        if self._waiter is not None:
            raise RuntimeError(f'{caller}() called while another coroutine is already waiting for incoming data')
        if self._paused:  # the buffer is full, yet not what was waited for
            self._resume_transport()
        waiter = self._waiter = self._loop.create_future()
        return waiter

    def _take(self, count):
        buffer = self._buffer
        if count >= len(buffer):
            data = bytes(buffer)
            buffer.clear()
        else:
            data = bytes(buffer[:count])
            del buffer[:count]
        if self._paused and len(buffer) <= self._limit:
            self._resume_transport()
        return data

    async def read(self, n=-1):
        """Up to `n` bytes, as soon as there are some; everything up to the end when negative."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        if n > 0:
            if not (self._buffer or self._eof):
                waiter = self._news('read')
                try:
                    await waiter
                finally:
                    self._waiter = None
            return self._take(n)
        pieces = []
        while piece := await self.read(self._limit):
            pieces.append(piece)
        return b''.join(pieces)

    async def readexactly(self, n):
        """`n` bytes, or IncompleteReadError with those that came before the end."""
        if n < 0:
            raise ValueError('readexactly size can not be less than zero')
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        buffer = self._buffer
        while n > len(buffer):
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(n), n)
            waiter = self._news('readexactly')
            try:
                await waiter
            finally:
                self._waiter = None
        return self._take(n)

    async def readuntil(self, separator=b'\n'):
        """Everything up to the separator, with it.

        The stream ends before: IncompleteReadError. More than the limit comes before: LimitOverrunError, and
        everything stays in the buffer.
        """
        width = len(separator)
        if width == 0:
            raise ValueError('Separator should be at least one-byte string')
        if self._exception is not None:
            raise self._exception
        buffer = self._buffer
        searched = 0  # no separator begins before this place
        while (place := buffer.find(separator, searched)) < 0:
            searched = max(0, len(buffer) + 1 - width)
            if searched > self._limit:
                raise exceptions.LimitOverrunError('Separator is not found, and chunk exceed the limit', searched)
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(len(buffer)), None)
            waiter = self._news('readuntil')
            try:
                await waiter
            finally:
                self._waiter = None
        if place > self._limit:
            raise exceptions.LimitOverrunError('Separator is found, but chunk is longer than limit', place)
        return self._take(place + width)

    async def readline(self):
        """A line with its newline; less at the end of the stream. One that is too long is dropped: ValueError."""
        try:
            return await self.readuntil(b'\n')
        except exceptions.IncompleteReadError as exc:
            return exc.partial
        except exceptions.LimitOverrunError as exc:
            rest = exc.consumed
            self._take(rest + 1 if self._buffer.startswith(b'\n', rest) else len(self._buffer))
            raise ValueError(exc.args[0])

    def __aiter__(self):
        return self

    async def __anext__(self):
        if line := await self.readline():
            return line
        raise StopAsyncIteration

"""TLS between a transport and a protocol.

An SSLProtocol is the protocol of the transport below, which carries what is
encrypted, and owns the transport that the program's protocol sees. OpenSSL
works on two MemoryBIOs: what the peer sent is written into one, what is to be
sent is taken out of the other, and a call that needs more from the peer raises
SSLWantReadError. So each step is simply tried again when something arrived;
which step that is, the phase says:

    fresh -> handshake -> open -> draining -> closing -> over

draining: this side closes, but what the peer sent before is still read.
closing: close_notify is out, and the peer's is waited for.
"""

import collections
import enum
import ssl
import warnings

from . import constants
from . import exceptions
from . import protocols
from . import transports
from .log import logger

# OpenSSL needs the peer to go on; over two MemoryBIOs it never needs room to write.
_WANTS_PEER = (ssl.SSLWantReadError, ssl.SSLSyscallError)
_READ_SIZE = 16 * 1024  # a read gives one record at most, and no record is longer


class _Phase(enum.Enum):
    FRESH = enum.auto()
    HANDSHAKE = enum.auto()
    OPEN = enum.auto()
    DRAINING = enum.auto()
    CLOSING = enum.auto()
    OVER = enum.auto()


# What the program's protocol has heard so far.
class _Told(enum.IntEnum):
    NOTHING = 0
    MADE = 1
    EOF = 2
    LOST = 3


class _Gauge:
    """How full a buffer is: calls `stop` when it reaches the high mark and `go` when it is down at the low one."""

    def __init__(self, default_kib, stop, go):
        self._default = default_kib
        self._stop, self._go = stop, go
        self.stopped = False
        self.set_marks()

    def set_marks(self, high=None, low=None):
        self.low, self.high = transports._water_marks(high, low, self._default)

    def read(self, size):
        if not self.stopped and size >= self.high:
            self.stopped = True
            self._stop()
        elif self.stopped and size <= self.low:
            self.stopped = False
            self._go()


def _default_context(server_side, server_hostname):
    """The context for `ssl=True`."""
    if server_side:
        raise ValueError('Server side SSL needs a valid SSLContext')
    context = ssl.create_default_context()
    if not server_hostname:
        context.check_hostname = False
    return context


def _seconds(name, value, default):
    if value is None:
        return default
    if value <= 0:
        raise ValueError(f'{name} should be a positive number, got {value}')
    return value


class _SSLProtocolTransport(transports._FlowControlMixin, transports.Transport):
    """What the program writes to and closes; all it does is ask its SSLProtocol."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.FALLBACK

    def __init__(self, loop, ssl_protocol):
        self._loop = loop
        self._ssl_protocol = ssl_protocol
        self._closed = False

    def __del__(self):
        if not getattr(self, '_closed', True):
            self._closed = True
            warnings.warn('unclosed transport <asyncio._SSLProtocolTransport object>', ResourceWarning)

    def get_extra_info(self, name, default=None):
        return self._ssl_protocol._get_extra_info(name, default)

    def get_protocol(self):
        return self._ssl_protocol._app_protocol

    def set_protocol(self, protocol):
        self._ssl_protocol._set_app(protocol)

    # Closing.

    def is_closing(self):
        return self._closed

    def close(self):
        """Sends what was written and says goodbye to the peer first."""
        if not self._closed:
            self._closed = True
            self._ssl_protocol._begin_close()

    def abort(self):
        self._force_close(None)

    def _force_close(self, exc):
        self._closed = True
        self._ssl_protocol._abandon(exc)

    # Reading.

    def is_reading(self):
        return not self._ssl_protocol._app_paused

    def pause_reading(self):
        self._ssl_protocol._app_paused = True

    def resume_reading(self):
        self._ssl_protocol._resume_app()

    def set_read_buffer_limits(self, high=None, low=None):
        self._ssl_protocol._incoming_gauge.set_marks(high, low)
        self._ssl_protocol._look_at_incoming()

    def get_read_buffer_limits(self):
        gauge = self._ssl_protocol._incoming_gauge
        return gauge.low, gauge.high

    def get_read_buffer_size(self):
        return self._ssl_protocol._incoming.pending

    # Writing.

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f'data: expecting a bytes-like instance, got {type(data).__name__}')
        if data:
            self._ssl_protocol._send([data])

    def writelines(self, list_of_data):
        self._ssl_protocol._send(list_of_data)

    def can_write_eof(self):
        return False

    def write_eof(self):
        """TLS cannot close one direction alone."""
        raise NotImplementedError

    def set_write_buffer_limits(self, high=None, low=None):
        self._ssl_protocol._outgoing_gauge.set_marks(high, low)
        self._ssl_protocol._look_at_outgoing()

    def get_write_buffer_limits(self):
        gauge = self._ssl_protocol._outgoing_gauge
        return gauge.low, gauge.high

    def get_write_buffer_size(self):
        return self._ssl_protocol._unsent()

    @property
    def _protocol_paused(self):
        return self._ssl_protocol._outgoing_gauge.stopped


class SSLProtocol(protocols.Protocol):
    """One end of a TLS connection."""

    def __init__(self, loop, app_protocol, sslcontext, waiter, server_side=False, server_hostname=None,
                 call_connection_made=True, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        self._handshake_limit = _seconds('ssl_handshake_timeout', ssl_handshake_timeout,
                                         constants.SSL_HANDSHAKE_TIMEOUT)
        self._shutdown_limit = _seconds('ssl_shutdown_timeout', ssl_shutdown_timeout,
                                        constants.SSL_SHUTDOWN_TIMEOUT)
        if not sslcontext:
            sslcontext = _default_context(server_side, server_hostname)
        self._loop = loop
        self._waiter = waiter
        self._transport = None
        self._timer = None
        self._phase = _Phase.FRESH
        self._told = _Told.NOTHING if call_connection_made else _Told.MADE
        self._peer_ended = False
        self._late_writes = 0
        self._extra = {'sslcontext': sslcontext}
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._engine = sslcontext.wrap_bio(self._incoming, self._outgoing, server_side=server_side,
                                           server_hostname=None if server_side else server_hostname or None)
        self._backlog = collections.deque()  # written before OpenSSL would take it
        self._backlog_size = 0
        self._app_paused = False  # the program reads nothing
        self._below_paused = False  # the transport takes nothing
        self._incoming_gauge = _Gauge(constants.FLOW_CONTROL_HIGH_WATER_SSL_READ,
                                      lambda: self._transport.pause_reading(),
                                      lambda: self._transport.resume_reading())
        self._outgoing_gauge = _Gauge(constants.FLOW_CONTROL_HIGH_WATER_SSL_WRITE,
                                      lambda: self._tell_app_to('pause_writing'),
                                      lambda: self._tell_app_to('resume_writing'))
        self._set_app(app_protocol)
        self._app_transport = _SSLProtocolTransport(loop, self)

    def _set_app(self, protocol):
        self._app_protocol = protocol
        self._read_for_app = (self._read_into if isinstance(protocol, protocols.BufferedProtocol)
                              else self._read_all)

    def _get_extra_info(self, name, default=None):
        if name in self._extra:
            return self._extra[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def _wake_waiter(self, exc=None):
        waiter, self._waiter = self._waiter, None
        if waiter is None or waiter.cancelled():
            return
        if exc is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(exc)

    def _set_timer(self, seconds=None, callback=None):
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, callback) if callback else None

    # What the transport below tells.

    def connection_made(self, transport):
        self._transport = transport
        self._phase = _Phase.HANDSHAKE
        if self._loop.get_debug():
            logger.debug('%r starts SSL handshake', self)
        self._started = self._loop.time()
        self._set_timer(self._handshake_limit, self._handshake_too_long)
        self._shake_hands()

    def data_received(self, data):
        self._incoming.write(data)
        self._step()

    def eof_received(self):
        """The end without a close_notify: whatever is decrypted already is all there will be."""
        self._peer_ended = True
        if self._loop.get_debug():
            logger.debug('%r received EOF', self)
        try:
            if self._phase is _Phase.HANDSHAKE:
                self._handshake_failed(ConnectionResetError())
            elif self._phase is _Phase.OPEN:
                self._phase = _Phase.DRAINING
                if self._app_paused:
                    return True  # drained when the program reads again
                self._step()
            else:
                self._step()
        except Exception:
            self._transport.close()
            raise

    def connection_lost(self, exc):
        was_shaking_hands = self._phase is _Phase.HANDSHAKE
        self._phase = _Phase.OVER
        self._backlog.clear()
        self._backlog_size = 0
        self._outgoing.read()
        self._late_writes += 1
        self._set_timer()
        app = self._app_protocol
        if self._app_transport is not None:
            self._app_transport._closed = True
        if not was_shaking_hands and self._told in (_Told.MADE, _Told.EOF):
            self._told = _Told.LOST
            self._loop.call_soon(app.connection_lost, exc)
        self._transport = None
        self._app_transport = None
        self._app_protocol = None
        self._wake_waiter(exc)

    def pause_writing(self):
        self._below_paused = True

    def resume_writing(self):
        self._below_paused = False
        self._pass_on()

    # The steps.

    def _step(self):
        """Goes on where the phase left off."""
        if self._phase is _Phase.OPEN:
            self._read()
        elif self._phase is _Phase.HANDSHAKE:
            self._shake_hands()
        elif self._phase is _Phase.DRAINING:
            self._read()
            if self._phase is _Phase.DRAINING:
                self._phase = _Phase.CLOSING
                self._say_goodbye()
        elif self._phase is _Phase.CLOSING:
            self._say_goodbye()

    def _shake_hands(self):
        try:
            self._engine.do_handshake()
            certificate = self._engine.getpeercert()
        except _WANTS_PEER:
            self._pass_on()
            return
        except Exception as exc:
            self._handshake_failed(exc)
            return
        self._set_timer()
        self._phase = _Phase.OPEN
        if self._loop.get_debug():
            logger.debug('%r: SSL handshake took %.1f ms', self, (self._loop.time() - self._started) * 1e3)
        self._extra.update(peercert=certificate, cipher=self._engine.cipher(),
                           compression=self._engine.compression(), ssl_object=self._engine)
        if self._told is _Told.NOTHING:
            self._told = _Told.MADE
            self._app_protocol.connection_made(self._app_transport)
        self._wake_waiter()
        self._read()

    def _handshake_failed(self, exc):
        self._set_timer()
        self._pass_on()  # the alert that tells the peer why
        self._phase = _Phase.OVER
        self._fatal_error(exc, 'SSL handshake failed on verifying the certificate'
                   if isinstance(exc, ssl.CertificateError) else 'SSL handshake failed')
        self._wake_waiter(exc)

    def _handshake_too_long(self):
        if self._phase is _Phase.HANDSHAKE:
            self._fatal_error(ConnectionAbortedError(
                f'SSL handshake is taking longer than {self._handshake_limit} seconds: aborting the connection'))

    def _begin_close(self):
        if self._phase is _Phase.HANDSHAKE:
            self._abandon(None)
        elif self._phase is _Phase.OPEN:
            self._app_transport._closed = True
            self._phase = _Phase.DRAINING
            self._set_timer(self._shutdown_limit, self._shutdown_too_long)
            self._step()

    def _say_goodbye(self):
        try:
            if not self._peer_ended:
                self._engine.unwrap()
        except _WANTS_PEER:
            self._pass_on()
            return
        except ssl.SSLError as exc:
            self._set_timer()
            self._fatal_error(exc)
            return
        self._pass_on()
        self._tell_app_of_end()
        self._set_timer()
        self._loop.call_soon(self._close_below)

    def _close_below(self):
        if self._transport is not None:
            self._transport.close()

    def _shutdown_too_long(self):
        if self._phase in (_Phase.DRAINING, _Phase.CLOSING):
            self._transport._force_close(exceptions.TimeoutError('SSL shutdown timed out'))

    def _abandon(self, exc):
        self._phase = _Phase.OVER
        if self._transport is None:
            return
        if exc is None:
            self._transport.abort()
        else:
            self._transport._force_close(exc)

    def _fatal_error(self, exc, message='Fatal error on transport'):
        transport = self._transport
        if transport is not None:
            transport._force_close(exc)
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug('%r: %s', self, message, exc_info=True)
        elif not isinstance(exc, exceptions.CancelledError):
            self._loop.call_exception_handler({
                'message': message,
                'exception': exc,
                'transport': transport,
                'protocol': self,
            })

    # From the program to the peer.

    def _send(self, pieces):
        if self._phase not in (_Phase.FRESH, _Phase.HANDSHAKE, _Phase.OPEN):
            if self._late_writes >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning('SSL connection is closed')
            self._late_writes += 1
            return
        for piece in pieces:
            # The program may change its bytearray before the bytes are wanted.
            self._backlog.append(piece if self._phase is _Phase.OPEN else bytes(piece))
            self._backlog_size += len(piece)
        if self._phase is _Phase.OPEN:
            try:
                self._encrypt_backlog()
            except Exception as exc:
                self._fatal_error(exc, 'Fatal error on SSL protocol')

    def _encrypt_backlog(self):
        backlog = self._backlog
        try:
            while backlog:
                piece = backlog[0]
                done = self._engine.write(piece) if len(piece) else 0
                self._backlog_size -= done
                if done < len(piece):
                    backlog[0] = bytes(memoryview(piece)[done:])
                else:
                    backlog.popleft()
        except _WANTS_PEER:
            backlog[0] = bytes(backlog[0])
        self._pass_on()

    def _pass_on(self):
        """Gives what is encrypted to the transport below."""
        if not self._below_paused and self._outgoing.pending and self._transport is not None:
            self._transport.write(self._outgoing.read())
        self._look_at_outgoing()

    def _unsent(self):
        return self._outgoing.pending + self._backlog_size

    def _look_at_outgoing(self):
        self._outgoing_gauge.read(self._unsent())

    def _tell_app_to(self, method):
        try:
            getattr(self._app_protocol, method)()
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                'message': f'protocol.{method}() failed',
                'exception': exc,
                'transport': self._app_transport,
                'protocol': self,
            })

    # From the peer to the program.

    def _read(self):
        try:
            if not self._app_paused:
                self._read_for_app()
                if self._backlog:
                    self._encrypt_backlog()
                else:
                    self._pass_on()
            self._look_at_incoming()
        except Exception as exc:
            self._fatal_error(exc, 'Fatal error on SSL protocol')

    def _read_all(self):
        blocks, ended = [], False
        try:
            while not ended:
                block = self._engine.read(_READ_SIZE)
                if block:
                    blocks.append(block)
                    # A record is read whole: without more bytes the next read could only raise.
                    if not self._incoming.pending:
                        break
                else:
                    ended = True
        except _WANTS_PEER:
            pass
        if blocks:
            self._app_protocol.data_received(blocks[0] if len(blocks) == 1 else b''.join(blocks))
        if ended:
            self._peer_said_goodbye()

    def _read_into(self):
        buffer = self._app_protocol.get_buffer(self._incoming.pending)
        size = len(buffer)
        if not size:
            raise RuntimeError('get_buffer() returned an empty buffer')
        filled, ended = 0, False
        try:
            while filled < size:
                count = self._engine.read(size - filled, memoryview(buffer)[filled:])
                if not count:
                    ended = True
                    break
                filled += count
            else:
                self._loop.call_soon(self._read_on)  # there may be more than the buffer held
        except _WANTS_PEER:
            pass
        if filled:
            self._app_protocol.buffer_updated(filled)
        if ended:
            self._peer_said_goodbye()

    def _read_on(self):
        if self._phase in (_Phase.OPEN, _Phase.DRAINING):
            self._read()

    def _peer_said_goodbye(self):
        self._tell_app_of_end()
        self._begin_close()

    def _tell_app_of_end(self):
        if self._told is not _Told.MADE:
            return
        self._told = _Told.EOF
        try:
            if self._app_protocol.eof_received():
                logger.warning('returning true from eof_received() has no effect when using ssl')
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Error calling eof_received()')

    def _look_at_incoming(self):
        if self._transport is not None:
            self._incoming_gauge.read(self._incoming.pending)

    def _resume_app(self):
        if self._app_paused:
            self._app_paused = False
            self._loop.call_soon(self._step)

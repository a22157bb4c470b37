"""The loop's ways to connections: clients, listening sockets, TLS, pipes.

Each checks its arguments, gets a socket, and hands it to a transport; what a
call waits for is the transport's `waiter`, done when the protocol has been
told of the connection. TLS (sslproto.py) is loaded by the first who asks for it.
"""

import collections.abc
import errno
import functools
import itertools
import os
import stat

from . import base_events
from . import staggered
from . import tasks
from .addresses import Resolving, _interleave_addrinfos
from .base_events import socket
from .datagrams import DatagramEndpoints
from .log import logger
from .pipe_transports import _UnixReadPipeTransport, _UnixWritePipeTransport
from .sendfile import _check_ssl_socket
from .servers import Server
from .socket_transports import _SelectorSocketTransport


def _only_with_ssl(ssl, **given):
    """Options that mean nothing without TLS."""
    if ssl:
        return
    for name, value in given.items():
        if value is not None:
            raise ValueError(f'{name} is only meaningful with ssl')


def _need_stream(sock):
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A Stream Socket was expected, got {sock!r}')


def _need_unix_stream(sock):
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A UNIX Domain Stream Socket was expected, got {sock!r}')


def _need_context(ssl):
    if isinstance(ssl, bool):
        raise TypeError('ssl argument must be an SSLContext or None')


def _one_error(errors):
    """The error of all attempts: theirs if they agree, else one with everybody's words."""
    words = [str(exc) for exc in errors]
    if len(set(words)) == 1:
        return errors[0]
    return OSError(f"Multiple exceptions: {', '.join(words)}")


def _bind_error(exc, address):
    return OSError(exc.errno, f'error while attempting to bind on address {address!r}: {exc.strerror.lower()}')


def _remove_stale_socket(path):
    """A socket that a server left behind; names that begin with a zero byte are not in the file system."""
    if path[:1] in ('\0', b'\0'):
        return
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as exc:
        # The folder may let sockets be made, but not be looked for.
        logger.error('Unable to check or remove stale UNIX socket %r: %r', path, exc)


class Connections(Resolving, DatagramEndpoints):
    """Mixed into the selector loop."""

    # Transports.

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
                            server_hostname=None, extra=None, server=None, ssl_handshake_timeout=None,
                            ssl_shutdown_timeout=None):
        from .sslproto import SSLProtocol
        between = SSLProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname,
                              ssl_handshake_timeout=ssl_handshake_timeout,
                              ssl_shutdown_timeout=ssl_shutdown_timeout)
        _SelectorSocketTransport(self, rawsock, between, None, extra, server)
        return between._app_transport

    async def _create_connection_transport(self, sock, protocol_factory, ssl, server_hostname, server_side=False,
                                           ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        if ssl:
            transport = self._make_ssl_transport(
                sock, protocol, None if isinstance(ssl, bool) else ssl, waiter, server_side=server_side,
                server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
                ssl_shutdown_timeout=ssl_shutdown_timeout)
        else:
            transport = self._make_socket_transport(sock, protocol, waiter)
        await _established(transport, waiter)
        return transport, protocol

    # Clients.

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0,
                                flags=0, sock=None, local_addr=None, server_hostname=None,
                                ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                                happy_eyeballs_delay=None, interleave=None):
        """Connects by TCP; gives (transport, protocol)."""
        _only_with_ssl(ssl, server_hostname=server_hostname)
        if server_hostname is None and ssl:
            if not host:
                raise ValueError('You must set server_hostname when using ssl without a host')
            server_hostname = host
        _only_with_ssl(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        if sock is not None:
            _check_ssl_socket(sock)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            hints = {'family': family, 'type': socket.SOCK_STREAM, 'proto': proto, 'flags': flags}
            infos = await self._resolve((host, port), **hints)
            local = None if local_addr is None else await self._resolve(local_addr, **hints)
            if interleave is None:
                interleave = 0 if happy_eyeballs_delay is None else 1
            if interleave:
                infos = _interleave_addrinfos(infos, interleave)
            sock = await self._connect_first(infos, local, happy_eyeballs_delay)
        elif sock is None:
            raise ValueError('host and port was not specified and no sock specified')
        else:
            _need_stream(sock)
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        if self._debug:
            logger.debug('%r connected to %s:%r: (%r, %r)', transport.get_extra_info('socket'), host, port,
                         transport, protocol)
        return transport, protocol

    async def _connect_first(self, infos, local, delay):
        """A socket connected to the first address that answers; with a delay, several are asked at a time."""
        errors = []
        if delay is not None:
            attempts = [functools.partial(self._connect_sock, errors, info, local) for info in infos]
            sock, _, _ = await staggered.staggered_race(attempts, delay, loop=self)
            if sock is not None:
                return sock
        else:
            for info in infos:
                try:
                    return await self._connect_sock(errors, info, local)
                except OSError:
                    pass
        raise _one_error(errors)

    async def _connect_sock(self, errors, info, local):
        family, kind, proto, _, address = info
        sock = None
        try:
            sock = base_events.socket.socket(family=family, type=kind, proto=proto)
            sock.setblocking(False)
            if local is not None:
                _bind_first(sock, family, local, errors)
            await self.sock_connect(sock, address)
            return sock
        except BaseException as exc:
            if sock is not None:
                sock.close()
            if isinstance(exc, OSError):
                errors.append(exc)
            raise

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None,
                                     server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Connects to a Unix socket; gives (transport, protocol)."""
        if ssl and server_hostname is None:
            raise ValueError('you have to pass server_hostname when using ssl')
        _only_with_ssl(ssl, server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
                       ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            sock = base_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except:
                sock.close()
                raise
        elif sock is None:
            raise ValueError('no path and sock were specified')
        else:
            _need_unix_stream(sock)
        return await self._create_connection_transport(
            sock, protocol_factory, ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        """The server's side of a connection that was accepted elsewhere."""
        _need_stream(sock)
        _only_with_ssl(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        _check_ssl_socket(sock)
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, '', server_side=True, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        if self._debug:
            logger.debug('%r handled: (%r, %r)', transport.get_extra_info('socket'), transport, protocol)
        return transport, protocol

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Puts TLS between a transport and its protocol; gives the transport to go on with."""
        from . import sslproto
        if not isinstance(sslcontext, sslproto.ssl.SSLContext):
            raise TypeError(f'sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}')
        if not getattr(transport, '_start_tls_compatible', False):
            raise TypeError(f'transport {transport!r} is not supported by start_tls()')
        waiter = self.create_future()
        between = sslproto.SSLProtocol(
            self, protocol, sslcontext, waiter, server_side, server_hostname, call_connection_made=False,
            ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        # Nothing may arrive before `between` knows its transport.
        transport.pause_reading()
        transport.set_protocol(between)
        calls = [self.call_soon(between.connection_made, transport), self.call_soon(transport.resume_reading)]
        try:
            await waiter
        except BaseException:
            transport.close()
            for call in calls:
                call.cancel()
            raise
        return between._app_transport

    # Servers.

    async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC,
                            flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None,
                            reuse_port=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                            start_serving=True):
        """Listens on the addresses of `host` (a name or several)."""
        _need_context(ssl)
        _only_with_ssl(ssl is not None, ssl_handshake_timeout=ssl_handshake_timeout,
                       ssl_shutdown_timeout=ssl_shutdown_timeout)
        if sock is not None:
            _check_ssl_socket(sock)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            sockets = await self._listening_sockets(host, port, family, flags, reuse_address is not False, reuse_port)
        elif sock is None:
            raise ValueError('Neither host/port nor sock were specified')
        else:
            _need_stream(sock)
            sockets = [sock]
        server = Server(self, sockets, protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout)
        return await _serve(server, sockets, start_serving, self._debug)

    async def _listening_sockets(self, host, port, family, flags, reuse_address, reuse_port):
        if host == '':
            hosts = [None]
        elif isinstance(host, str) or not isinstance(host, collections.abc.Iterable):
            hosts = [host]
        else:
            hosts = host
        found = await tasks.gather(*[
            self._resolve((name, port), f'getaddrinfo({name!r}) returned empty list', family=family,
                          type=socket.SOCK_STREAM, flags=flags)
            for name in hosts])
        sockets = []
        try:
            for kind, type_, proto, _, address in dict.fromkeys(itertools.chain.from_iterable(found)):
                try:
                    sock = base_events.socket.socket(kind, type_, proto)
                except OSError:
                    # A family that this system does not have.
                    if self._debug:
                        logger.warning('create_server() failed to create socket.socket(%r, %r, %r)', kind, type_,
                                       proto, exc_info=True)
                    continue
                sockets.append(sock)
                if reuse_address:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                if reuse_port:
                    _set_reuse_port(sock)
                if kind == socket.AF_INET6:
                    # IPv4 has a socket of its own.
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                try:
                    sock.bind(address)
                except OSError as exc:
                    raise _bind_error(exc, address) from None
        except:
            for sock in sockets:
                sock.close()
            raise
        return sockets

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Listens on a Unix socket; a stale one at `path` is replaced."""
        _need_context(ssl)
        _only_with_ssl(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            path = os.fspath(path)
            sock = base_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                _remove_stale_socket(path)
                sock.bind(path)
            except BaseException as exc:
                sock.close()
                if isinstance(exc, OSError) and exc.errno == errno.EADDRINUSE:
                    raise OSError(errno.EADDRINUSE, f'Address {path!r} is already in use') from None
                raise
        elif sock is None:
            raise ValueError('path was not specified, and no sock specified')
        else:
            _need_unix_stream(sock)
        server = Server(self, [sock], protocol_factory, ssl, backlog, ssl_handshake_timeout, ssl_shutdown_timeout)
        return await _serve(server, [sock], start_serving, False)

    # Pipes.

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixReadPipeTransport(self, pipe, protocol, waiter, extra)

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixWritePipeTransport(self, pipe, protocol, waiter, extra)

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Reads a pipe for a protocol; gives (transport, protocol)."""
        return await self._connect_pipe(self._make_read_pipe_transport, protocol_factory, pipe, 'Read')

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Writes to a pipe for a protocol; gives (transport, protocol)."""
        return await self._connect_pipe(self._make_write_pipe_transport, protocol_factory, pipe, 'Write')

    async def _connect_pipe(self, make_transport, protocol_factory, pipe, word):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = make_transport(pipe, protocol, waiter)
        await _established(transport, waiter)
        if self._debug:
            logger.debug('%s pipe %r connected: (%r, %r)', word, pipe.fileno(), transport, protocol)
        return transport, protocol


async def _established(transport, waiter):
    try:
        await waiter
    except:
        transport.close()
        raise


async def _serve(server, sockets, start, is_told):
    for sock in sockets:
        sock.setblocking(False)
    if start:
        await server.start_serving()
    if is_told:
        logger.info('%r is serving', server)
    return server


def _set_reuse_port(sock):
    if not hasattr(base_events.socket, 'SO_REUSEPORT'):
        raise ValueError('reuse_port not supported by socket module')
    try:
        sock.setsockopt(socket.SOL_SOCKET, base_events.socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError('reuse_port not supported by socket module, '
                         'SO_REUSEPORT defined but not implemented.') from None


def _bind_first(sock, family, local, errors):
    """Binds to the first local address that can be had; the errors of the others count when none can."""
    refused = []
    for kind, _, _, _, address in local:
        if kind != family:
            continue
        try:
            sock.bind(address)
            errors.extend(refused)
            return
        except OSError as exc:
            refused.append(_bind_error(exc, address))
    errors.extend(refused[:-1])
    raise refused[-1] if refused else OSError(f'no matching local address with {family=} found')

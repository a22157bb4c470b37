"""The loop's ways to connections: clients, servers, datagrams, pipes."""

import itertools
import os
import socket
import stat

from . import base_events
from . import events
from . import exceptions
from . import futures
from . import tasks
from .socket_transports import (_PipeTransport, _SelectorDatagramTransport,
                                _SelectorSocketTransport)


class Server(events.AbstractServer):
    """Listening sockets and the count of their connections."""

    def __init__(self, loop, sockets, protocol_factory, backlog):
        self._loop = loop
        self._sockets = sockets
        self._factory = protocol_factory
        self._backlog = backlog
        self._active_count = 0
        self._waiters = []
        self._serving = False
        self._forever = None

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    @property
    def sockets(self):
        return tuple(self._sockets or ())

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def _attach(self):
        self._active_count += 1

    def _detach(self):
        self._active_count -= 1
        if self._active_count == 0 and self._sockets is None:
            self._wake_waiters()

    def _wake_waiters(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            futures._set_result_unless_cancelled(waiter, None)

    def _start_serving(self):
        if self._serving or self._sockets is None:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    def _accept(self, sock):
        for _ in range(self._backlog):
            try:
                connection, address = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as exc:
                self._accept_failed(sock, exc)
                return
            connection.setblocking(False)
            try:
                protocol = self._factory()
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                connection.close()
                self._loop.call_exception_handler({
                    "message": "Error on transport creation for incoming "
                               "connection",
                    "exception": exc,
                })
                continue
            _SelectorSocketTransport(self._loop, connection, protocol,
                                     extra={"peername": address}, server=self)

    def _accept_failed(self, sock, exc):
        """Too many open files and the like: rest for a second."""
        self._loop.call_exception_handler({
            "message": "socket.accept() out of system resource",
            "exception": exc,
            "socket": sock,
        })
        self._loop._remove_reader(sock.fileno())
        self._loop.call_later(1, self._accept_again, sock)

    def _accept_again(self, sock):
        if self._serving:
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    async def start_serving(self):
        self._start_serving()
        await tasks.sleep(0)

    async def serve_forever(self):
        """Serves until it is cancelled, then closes."""
        if self._forever is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on "
                               "serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._start_serving()
        self._forever = self._loop.create_future()
        try:
            await self._forever
        except exceptions.CancelledError:
            self.close()
            await self.wait_closed()
            raise
        finally:
            self._forever = None

    def close(self):
        """Stops listening; connections that are open stay."""
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        self._serving = False
        for sock in sockets:
            self._loop._remove_reader(sock.fileno())
            sock.close()
        if self._forever is not None and not self._forever.done():
            self._forever.cancel()
        if self._active_count == 0:
            self._wake_waiters()

    async def wait_closed(self):
        if self._sockets is None or self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


def _reject_ssl(ssl):
    if ssl:
        raise NotImplementedError("TLS transports are not supported")


def _one_error(errors, what):
    if len({str(exc) for exc in errors}) == 1:
        return errors[0]
    words = ", ".join(str(exc) for exc in errors)
    return OSError(f"{what}: {words}")


class Connections:
    """Mixed into the selector loop."""

    async def _resolve(self, address, *, family=0, type=socket.SOCK_STREAM,
                       proto=0, flags=0):
        infos = await self.getaddrinfo(*address[:2], family=family, type=type,
                                       proto=proto, flags=flags)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        return infos

    async def _connect_first(self, infos, local_infos):
        """A socket connected to the first address that answers."""
        errors = []
        for family, kind, proto, _, address in infos:
            sock = base_events.socket.socket(family, kind, proto)
            try:
                sock.setblocking(False)
                if local_infos:
                    _bind_first(sock, family, local_infos)
                await self.sock_connect(sock, address)
                return sock
            except OSError as exc:
                sock.close()
                errors.append(exc)
            except:
                sock.close()
                raise
        raise _one_error(errors, "Multiple exceptions")

    async def create_connection(
            self, protocol_factory, host=None, port=None, *, ssl=None,
            family=0, proto=0, flags=0, sock=None, local_addr=None,
            server_hostname=None, ssl_handshake_timeout=None,
            ssl_shutdown_timeout=None, happy_eyeballs_delay=None,
            interleave=None):
        """Connects by TCP; gives (transport, protocol)."""
        if server_hostname is not None and not ssl:
            raise ValueError("server_hostname is only meaningful with ssl")
        _reject_ssl(ssl)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at "
                                 "the same time")
            infos = await self._resolve((host, port), family=family,
                                        proto=proto, flags=flags)
            local_infos = None
            if local_addr is not None:
                local_infos = await self._resolve(local_addr, family=family,
                                                  proto=proto, flags=flags)
            sock = await self._connect_first(infos, local_infos)
        elif sock is None:
            raise ValueError("host and port was not specified and no sock "
                             "specified")
        elif sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        return await self._connected(sock, protocol_factory)

    async def _connected(self, sock, protocol_factory):
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = _SelectorSocketTransport(self, sock, protocol, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def connect_accepted_socket(self, protocol_factory, sock, *,
                                      ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        _reject_ssl(ssl)
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        return await self._connected(sock, protocol_factory)

    async def create_server(
            self, protocol_factory, host=None, port=None, *,
            family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None,
            backlog=100, ssl=None, reuse_address=None, reuse_port=None,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
            start_serving=True):
        """Listens on the addresses of `host` (a name or several)."""
        if isinstance(ssl, bool) and ssl:
            raise TypeError("ssl argument must be an SSLContext or None")
        _reject_ssl(ssl)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at "
                                 "the same time")
            sockets = await self._listening_sockets(
                host, port, family, flags, reuse_address, reuse_port)
        elif sock is None:
            raise ValueError("Neither host/port nor sock were specified")
        elif sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        else:
            sockets = [sock]
        return await self._serve(sockets, protocol_factory, backlog,
                                 start_serving)

    async def _serve(self, sockets, protocol_factory, backlog, start):
        for sock in sockets:
            sock.setblocking(False)
        server = Server(self, sockets, protocol_factory, backlog)
        if start:
            await server.start_serving()
        return server

    async def _listening_sockets(self, host, port, family, flags,
                                 reuse_address, reuse_port):
        if host is None or host == "":
            hosts = [None]
        elif isinstance(host, str):
            hosts = [host]
        else:
            hosts = list(host)
        found = await tasks.gather(*[
            self._resolve((name, port), family=family, flags=flags)
            for name in hosts])
        sockets = []
        try:
            for kind, type_, proto, _, address in dict.fromkeys(
                    itertools.chain.from_iterable(found)):
                try:
                    sock = base_events.socket.socket(kind, type_, proto)
                except OSError:
                    continue  # a family that this system does not have
                sockets.append(sock)
                if reuse_address is not False:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if reuse_port:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                if kind == socket.AF_INET6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY,
                                    1)
                try:
                    sock.bind(address)
                except OSError as exc:
                    raise OSError(
                        exc.errno, "error while attempting to bind on "
                        f"address {address!r}: "
                        f"{exc.strerror.lower()}") from None
        except:
            for sock in sockets:
                sock.close()
            raise
        return sockets

    async def create_unix_connection(
            self, protocol_factory, path=None, *, ssl=None, sock=None,
            server_hostname=None, ssl_handshake_timeout=None,
            ssl_shutdown_timeout=None):
        """Connects to a Unix socket; gives (transport, protocol)."""
        _reject_ssl(ssl)
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the "
                                 "same time")
            sock = base_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except:
                sock.close()
                raise
        elif sock is None:
            raise ValueError("no path and sock were specified")
        return await self._connected(sock, protocol_factory)

    async def create_unix_server(
            self, protocol_factory, path=None, *, sock=None, backlog=100,
            ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
            start_serving=True):
        """Listens on a Unix socket; a stale one at `path` is replaced."""
        _reject_ssl(ssl)
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the "
                                 "same time")
            path = os.fspath(path)
            sock = base_events.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                if path[:1] not in (0, "\0", b"\0"):
                    _remove_stale_socket(path)
                sock.bind(path)
            except OSError as exc:
                sock.close()
                if exc.errno == 98:
                    raise OSError(exc.errno, f"Address {path!r} is already "
                                             "in use") from None
                raise
        elif sock is None:
            raise ValueError("path was not specified, and no sock specified")
        return await self._serve([sock], protocol_factory, backlog,
                                 start_serving)

    async def create_datagram_endpoint(
            self, protocol_factory, local_addr=None, remote_addr=None, *,
            family=0, proto=0, flags=0, reuse_port=None, allow_broadcast=None,
            sock=None):
        """A datagram socket; gives (transport, protocol)."""
        if sock is None:
            if local_addr is None and remote_addr is None and not family:
                raise ValueError("unexpected address family")
            sock = await self._datagram_socket(
                local_addr, remote_addr, family, proto, flags, reuse_port,
                allow_broadcast)
        elif sock.type == socket.SOCK_STREAM:
            raise ValueError("A UDP Socket was expected, got "
                             f"{sock!r}")
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = _SelectorDatagramTransport(self, sock, protocol,
                                               remote_addr, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def _datagram_socket(self, local, remote, family, proto, flags,
                               reuse_port, allow_broadcast):
        ends = []
        for address in (local, remote):
            if address is None:
                ends.append(None)
            elif family == socket.AF_UNIX or isinstance(address, str):
                family = socket.AF_UNIX
                ends.append(address)
            else:
                infos = await self._resolve(
                    address, family=family, type=socket.SOCK_DGRAM,
                    proto=proto, flags=flags)
                family = infos[0][0]
                ends.append(infos[0][4])
        sock = base_events.socket.socket(family, socket.SOCK_DGRAM, proto)
        try:
            sock.setblocking(False)
            if reuse_port:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if allow_broadcast:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if ends[0] is not None:
                sock.bind(ends[0])
            if ends[1] is not None:
                sock.connect(ends[1])
        except:
            sock.close()
            raise
        return sock

    async def _connect_pipe(self, protocol_factory, pipe, reads):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = _PipeTransport(self, pipe, protocol, waiter, reads=reads)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def connect_read_pipe(self, protocol_factory, pipe):
        return await self._connect_pipe(protocol_factory, pipe, True)

    async def connect_write_pipe(self, protocol_factory, pipe):
        return await self._connect_pipe(protocol_factory, pipe, False)


def _bind_first(sock, family, infos):
    errors = []
    for kind, _, _, _, address in infos:
        if kind != family:
            continue
        try:
            sock.bind(address)
            return
        except OSError as exc:
            errors.append(OSError(
                exc.errno, "error while attempting to bind on address "
                f"{address!r}: {exc.strerror.lower()}"))
    raise errors.pop() if errors else OSError(
        f"no matching local address with family={family} found")


def _remove_stale_socket(path):
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass

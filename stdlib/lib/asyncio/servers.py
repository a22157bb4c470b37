"""Servers: listening sockets, and what is done with those who connect.

A connection is accepted in a callback of the loop, without a task: a plain one
is handed to its protocol at once, one under TLS when its handshake is over.
"""

import errno
import functools
import socket

from . import constants
from . import events
from . import exceptions
from . import futures
from . import tasks
from . import trsock
from .log import logger

# accept() failed for want of something that may be there again in a while.
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Server(events.AbstractServer):
    """Listening sockets and the count of their connections. Closed, it has no sockets; it is over when the last
    connection has gone, too."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog,
                 ssl_handshake_timeout, ssl_shutdown_timeout=None):
        self._loop = loop
        self._sockets = sockets
        self._backlog = backlog
        # What each connection is made with: before and after the server in the arguments of loop._start_serving().
        self._recipe = (protocol_factory,), (ssl_context,), (ssl_handshake_timeout, ssl_shutdown_timeout)
        self._connections = 0
        self._waiters = []  # futures of those who wait for the end; None: it was
        self._is_serving = False
        self._forever = None

    def __repr__(self):
        return f'<{type(self).__name__} sockets={self.sockets!r}>'

    @property
    def sockets(self):
        return tuple(map(trsock.TransportSocket, self._sockets or ()))

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._is_serving

    # The transports of its connections come and go.

    def _attach(self):
        self._connections += 1

    def _detach(self):
        self._connections -= 1
        self._end_if_over()

    def _end_if_over(self):
        if self._sockets is None and not self._connections:
            ends, self._waiters = self._waiters or (), None
            for end in ends:
                futures._set_result_unless_cancelled(end, None)

    # Serving.

    def _begin(self):
        if self._is_serving:
            return
        self._is_serving = True
        factory, context, limits = self._recipe
        for listener in self._sockets:
            listener.listen(self._backlog)
            self._loop._start_serving(*factory, listener, *context, self, self._backlog, *limits)

    async def start_serving(self):
        self._begin()
        await tasks.sleep(0)  # the loop watches the sockets from here on

    async def serve_forever(self):
        """Serves until it is cancelled, then closes."""
        if self._forever is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._begin()
        forever = self._forever = self._loop.create_future()
        try:
            await forever
        except exceptions.CancelledError:
            self.close()
            await self.wait_closed()
            raise
        finally:
            self._forever = None

    def close(self):
        """Stops listening; connections that are open stay."""
        listeners, self._sockets = self._sockets, None
        if listeners is None:
            return
        self._is_serving = False
        for listener in listeners:
            self._loop._stop_serving(listener)
        forever, self._forever = self._forever, None
        if forever is not None:
            forever.cancel()
        self._end_if_over()

    async def wait_closed(self):
        # As in 3.11, of a server that was closed already there is nothing to wait for.
        if self._sockets is not None and self._waiters is not None:
            end = self._loop.create_future()
            self._waiters.append(end)
            await end


class Serving:
    """Mixed into the selector loop: the side that accepts."""

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
                       ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, sslcontext, server,
                         backlog, ssl_handshake_timeout, ssl_shutdown_timeout)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    def _accept_connection(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                           ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
                           ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        """Takes all who wait at the socket."""
        for _ in range(backlog):
            try:
                connection, address = sock.accept()
                connection.setblocking(False)
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as exc:
                if exc.errno not in _EXHAUSTED:
                    raise
                self._rest_from_accepting(sock, exc, protocol_factory, sock, sslcontext, server, backlog,
                                          ssl_handshake_timeout, ssl_shutdown_timeout)
                return
            if self._debug:
                logger.debug('%r got a new connection from %r: %r', server, address, connection)
            self._welcome(connection, protocol_factory, {'peername': address}, sslcontext, server,
                          ssl_handshake_timeout, ssl_shutdown_timeout)

    def _rest_from_accepting(self, sock, exc, *how_to_go_on):
        """The socket stays ready: asked again at once it would keep the loop busy for nothing."""
        self.call_exception_handler({
            'message': 'socket.accept() out of system resource',
            'exception': exc,
            'socket': trsock.TransportSocket(sock),
        })
        self._remove_reader(sock.fileno())
        self.call_later(constants.ACCEPT_RETRY_DELAY, self._accept_again, *how_to_go_on)

    def _accept_again(self, protocol_factory, sock, *rest):
        if sock.fileno() != -1:
            self._start_serving(protocol_factory, sock, *rest)

    def _welcome(self, connection, protocol_factory, extra, sslcontext, server, handshake_limit, shutdown_limit):
        protocol = transport = None
        try:
            protocol = protocol_factory()
            if not sslcontext:
                self._make_socket_transport(connection, protocol, extra=extra, server=server)
                return
            waiter = self.create_future()
            transport = self._make_ssl_transport(
                connection, protocol, sslcontext, waiter, server_side=True, extra=extra, server=server,
                ssl_handshake_timeout=handshake_limit, ssl_shutdown_timeout=shutdown_limit)
            waiter.add_done_callback(functools.partial(self._welcomed, protocol, transport))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            connection.close()
            self._not_welcomed(exc, protocol, transport)

    def _welcomed(self, protocol, transport, waiter):
        if waiter.cancelled():
            transport.close()
        elif waiter.exception() is not None:
            transport.close()
            self._not_welcomed(waiter.exception(), protocol, transport)

    def _not_welcomed(self, exc, protocol, transport):
        """What strangers do wrong is told in debug mode only."""
        if not self._debug:
            return
        context = {
            'message': 'Error on transport creation for incoming connection',
            'exception': exc,
        }
        if protocol is not None:
            context['protocol'] = protocol
        if transport is not None:
            context['transport'] = transport
        self.call_exception_handler(context)

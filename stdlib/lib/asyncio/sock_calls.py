"""The loop's sock_* calls, as coroutines."""

import socket

from . import futures
from .sendfile import _check_ssl_socket


class SockCalls:
    """Mixed into the selector loop. A call is tried at once and again each
    time the selector says that the socket is ready."""

    async def _until_ready(self, sock, call, writes=False):
        _check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        try:
            return call()
        except (BlockingIOError, InterruptedError):
            pass
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        add, remove = ((self._add_writer, self._remove_writer) if writes
                       else (self._add_reader, self._remove_reader))
        while True:
            ready = self.create_future()
            handle = add(fd, futures._set_result_unless_cancelled, ready, None)
            try:
                await ready
            finally:
                if not handle._cancelled:
                    remove(fd)
            try:
                return call()
            except (BlockingIOError, InterruptedError):
                pass

    async def sock_recv(self, sock, n):
        """Up to `n` bytes."""
        return await self._until_ready(sock, lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        return await self._until_ready(sock, lambda: sock.recv_into(buf))

    async def sock_recvfrom(self, sock, bufsize):
        return await self._until_ready(sock, lambda: sock.recvfrom(bufsize))

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        size = nbytes or len(buf)
        return await self._until_ready(
            sock, lambda: sock.recvfrom_into(buf, size))

    async def sock_sendall(self, sock, data):
        """Sends all of `data`."""
        # The views are released at once: an open one would keep a bytearray
        # of the caller's from growing.
        with memoryview(data) as whole, whole.cast("B") as view:
            sent = 0

            def send_rest():
                with view[sent:] as rest:
                    return sock.send(rest)

            while sent < len(view):
                sent += await self._until_ready(sock, send_rest, writes=True)

    async def sock_sendto(self, sock, data, address):
        return await self._until_ready(
            sock, lambda: sock.sendto(data, address), writes=True)

    async def sock_accept(self, sock):
        """The next connection and its address."""
        connection, address = await self._until_ready(sock, sock.accept)
        connection.setblocking(False)
        return connection, address

    async def sock_connect(self, sock, address):
        """Connects; names of hosts are looked up first."""
        _check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            infos = await self._ensure_resolved(
                address, family=sock.family, type=sock.type, proto=sock.proto,
                loop=self)
            address = infos[0][4]
        try:
            sock.connect(address)
            return
        except (BlockingIOError, InterruptedError):
            pass
        started = False

        def finish():
            nonlocal started
            if not started:
                started = True
                raise BlockingIOError
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, f"Connect call failed {address}")

        await self._until_ready(sock, finish, writes=True)

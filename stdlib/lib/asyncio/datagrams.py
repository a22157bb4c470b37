"""The loop's way to datagram sockets."""

from . import base_events
from .base_events import socket
from .datagram_transport import _SelectorDatagramTransport
from .log import logger


class DatagramEndpoints:
    """Mixed into the selector loop."""

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0,
                                       proto=0, flags=0, reuse_port=None, allow_broadcast=None, sock=None):
        """A datagram socket; gives (transport, protocol)."""
        remote = None
        if sock is not None:
            _check_given_socket(sock, local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto,
                                flags=flags, reuse_port=reuse_port, allow_broadcast=allow_broadcast)
            sock.setblocking(False)
        else:
            ways = await self._datagram_ways(local_addr, remote_addr, family, proto, flags)
            sock, remote = await self._first_datagram_socket(ways, reuse_port, allow_broadcast)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_datagram_transport(sock, protocol, remote, waiter)
        if self._debug:
            if local_addr:
                logger.info('Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)', local_addr,
                            remote_addr, transport, protocol)
            else:
                logger.debug('Datagram endpoint remote_addr=%r created: (%r, %r)', remote_addr, transport, protocol)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def _datagram_ways(self, local_addr, remote_addr, family, proto, flags):
        """The sockets that will do, each as (family, proto, local address, remote address)."""
        if not local_addr and not remote_addr:
            if family == 0:
                raise ValueError('unexpected address family')
            return [(family, proto, None, None)]
        if family == socket.AF_UNIX:
            from .connections import _remove_stale_socket
            for address in (local_addr, remote_addr):
                if address is not None and not isinstance(address, str):
                    raise TypeError('string is expected')
            if local_addr:
                _remove_stale_socket(local_addr)
            return [(family, proto, local_addr, remote_addr)]
        ends = []
        for address in (local_addr, remote_addr):
            found = {}
            if address is not None:
                if not isinstance(address, tuple) or len(address) != 2:
                    raise TypeError('2-tuple is expected')
                for kind, _, protocol, _, resolved in await self._resolve(
                        address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags):
                    found[kind, protocol] = resolved
            ends.append(found)
        local, remote = ends
        ways = [(*key, local.get(key), remote.get(key)) for key in {**local, **remote}
                if (not local_addr or key in local) and (not remote_addr or key in remote)]
        if not ways:
            raise ValueError('can not get address information')
        return ways

    async def _first_datagram_socket(self, ways, reuse_port, allow_broadcast):
        from .connections import _set_reuse_port
        first_error = None
        for family, proto, local, remote in ways:
            sock = None
            try:
                sock = base_events.socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
                if reuse_port:
                    _set_reuse_port(sock)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if local:
                    sock.bind(local)
                if remote and not allow_broadcast:
                    await self.sock_connect(sock, remote)
                return sock, remote
            except BaseException as exc:
                if sock is not None:
                    sock.close()
                if not isinstance(exc, OSError):
                    raise
                first_error = first_error or exc
        raise first_error


def _check_given_socket(sock, **options):
    if sock.type != socket.SOCK_DGRAM:
        raise ValueError(f'A UDP Socket was expected, got {sock!r}')
    given = ', '.join(f'{name}={value}' for name, value in options.items() if value)
    if given:
        raise ValueError(f'socket modifier keyword arguments can not be used when sock is specified. ({given})')

"""Names and addresses: look-ups without blocking the loop, and the order in which addresses are tried."""

import itertools

from . import base_events
from .log import logger


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo would say of an address in figures; None when it has to be asked."""
    socket = base_events.socket
    if host is None or not hasattr(socket, 'inet_pton'):
        return None
    protocol = {socket.SOCK_STREAM: socket.IPPROTO_TCP, socket.SOCK_DGRAM: socket.IPPROTO_UDP}.get(type)
    if protocol is None or proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP):
        return None
    if port in (None, '', b''):
        port = 0
    else:
        try:
            port = int(port)
        except (TypeError, ValueError):
            return None  # the name of a service
    if isinstance(host, bytes):
        host = host.decode('idna')
    if '%' in host:
        return None  # a scope, which the system has to look up
    for kind in (socket.AF_INET, socket.AF_INET6) if family == socket.AF_UNSPEC else (family,):
        try:
            socket.inet_pton(kind, host)
        except OSError:
            continue
        return kind, type, protocol, '', (host, port) + ((flowinfo, scopeid) if kind == socket.AF_INET6 else ())
    return None


def _interleave_addrinfos(addrinfos, first_address_family_count=1):
    """The addresses by turns, one family after the other; of the first family so many to begin with."""
    families = {}
    for info in addrinfos:
        families.setdefault(info[0], []).append(info)
    queues = list(families.values())
    head = []
    if first_address_family_count > 1 and queues:
        head = queues[0][:first_address_family_count - 1]
        del queues[0][:first_address_family_count - 1]
    nothing = object()
    by_turns = itertools.chain.from_iterable(itertools.zip_longest(*queues, fillvalue=nothing))
    return head + [info for info in by_turns if info is not nothing]


class Resolving:
    """Mixed into the loop: the system's look-ups, in the executor."""

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """socket.getaddrinfo without blocking the loop."""
        ask = self._getaddrinfo_timed if self._debug else base_events.socket.getaddrinfo
        return await self.run_in_executor(None, ask, host, port, family, type, proto, flags)

    def _getaddrinfo_timed(self, host, port, family, type, proto, flags):
        words = [f'{host}:{port!r}'] + [
            f'{name}={value!r}' for name, value in (('family', family), ('type', type), ('proto', proto),
                                                    ('flags', flags)) if value]
        question = ', '.join(words)
        logger.debug('Get address info %s', question)
        start = self.time()
        found = base_events.socket.getaddrinfo(host, port, family, type, proto, flags)
        spent = self.time() - start
        report = logger.info if spent >= self.slow_callback_duration else logger.debug
        report(f'Getting address info {question} took {spent * 1e3:.3f}ms: {found!r}')
        return found

    async def getnameinfo(self, sockaddr, flags=0):
        return await self.run_in_executor(None, base_events.socket.getnameinfo, sockaddr, flags)

    async def _ensure_resolved(self, address, *, family=0, type=base_events.socket.SOCK_STREAM, proto=0, flags=0,
                               loop):
        host, port, *scope = address
        known = _ipaddr_info(host, port, family, type, proto, *scope)
        if known is not None:
            return [known]
        return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)

    async def _resolve(self, address, empty='getaddrinfo() returned empty list', **hints):
        infos = await self._ensure_resolved(address, loop=self, **hints)
        if not infos:
            raise OSError(empty)
        return infos

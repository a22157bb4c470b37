"""IP addresses, networks and interfaces of versions 4 and 6.

An address is a number with a version; a network is an address and a prefix length; an interface is an address that
knows its network. How numbers look in text is in _ipaddress_text.py.
"""
import collections
import functools
import re
from _ipaddress_text import (AddressValueError, NetmaskValueError, bad_mask, is_number, parse_v4, parse_v6,
                             prefix_of_dotted, prefix_of_text, split_scope, write_v4, write_v6, write_v6_in_full)

__version__ = '1.0'

IPV4LENGTH = 32
IPV6LENGTH = 128

_FORMAT = re.compile('(#?)(_?)([xbnX])')


def _of_either(value, v4, v6, what):
    for kind in v4, v6:
        try:
            return kind(value)
        except (AddressValueError, NetmaskValueError):
            continue
    raise ValueError(f'{value!r} does not appear to be an IPv4 or IPv6 {what}')


def ip_address(address):
    """An IPv4Address or IPv6Address, whatever the text, number or bytes object is."""
    return _of_either(address, IPv4Address, IPv6Address, 'address')


def ip_network(address, strict=True):
    """An IPv4Network or IPv6Network; if strict, no bit behind the prefix may be set."""
    return _of_either(address, lambda value: IPv4Network(value, strict), lambda value: IPv6Network(value, strict),
                      'network')


def ip_interface(address):
    """An IPv4Interface or IPv6Interface."""
    return _of_either(address, IPv4Interface, IPv6Interface, 'interface')


def _packed(number, length, version):
    try:
        return number.to_bytes(length, 'big')
    except OverflowError:
        raise ValueError(f'Address negative or too large for IPv{version}') from None


def v4_int_to_packed(address):
    """The 4 bytes of a number, in the network's order."""
    return _packed(address, 4, 4)


def v6_int_to_packed(address):
    """The 16 bytes of a number, in the network's order."""
    return _packed(address, 16, 6)


def _same_version(one, other):
    if one._version != other._version:
        raise TypeError(f'{one} and {other} are not of the same version')


def _count_righthand_zero_bits(number, bits):
    """How many of the lowest `bits` bits are zero before the first one."""
    return min(bits, (number & -number).bit_length() - 1) if number else bits


def _find_address_range(addresses):
    """The runs of consecutive addresses of a sorted sequence, as (first, last)."""
    iterator = iter(addresses)
    first = last = next(iterator)
    for address in iterator:
        if address._ip != last._ip + 1:
            yield first, last
            first = address
        last = address
    yield first, last


def summarize_address_range(first, last):
    """The networks that together hold exactly the addresses from first to last."""
    if not (isinstance(first, _BaseAddress) and isinstance(last, _BaseAddress)):
        raise TypeError('first and last must be IP addresses, not networks')
    _same_version(first, last)
    if first > last:
        raise ValueError('last IP address must be greater than first')
    if first.version not in (4, 6):
        raise ValueError('unknown IP version')
    network = IPv4Network if first.version == 4 else IPv6Network
    bits, start, end = first._max_prefixlen, first._ip, last._ip
    while start <= end:
        size = min(_count_righthand_zero_bits(start, bits), (end - start + 1).bit_length() - 1)
        yield network((start, bits - size))
        start += 1 << size


def _merge(networks):
    """Neighbours of one size become the network around both; what lies in another one is left out."""
    waiting, known = collections.deque(networks), {}
    while waiting:
        network = waiting.popleft()
        around = network.supernet()
        other = known.get(around)
        if other is None:
            known[around] = network
        elif other != network:
            del known[around]
            waiting.append(around)
    last = None
    for network in sorted(known.values()):
        if last is None or last.broadcast_address < network.broadcast_address:
            yield network
            last = network


def collapse_addresses(addresses):
    """The fewest networks that hold exactly these addresses and networks."""
    networks, single = [], []
    for item in addresses:
        is_address = isinstance(item, _BaseAddress)
        group = single if is_address else networks
        if not is_address and item._prefixlen == item._max_prefixlen:
            group = single
            _check_group(item, group)
            group.append(item.ip if hasattr(item, 'ip') else item.network_address)
            continue
        _check_group(item, group)
        group.append(item)
    if single:
        for first, last in _find_address_range(sorted(set(single))):
            networks.extend(summarize_address_range(first, last))
    return _merge(networks)


def _check_group(item, group):
    if group:
        _same_version(item, group[-1])


def get_mixed_type_key(obj):
    """A key with which addresses and networks of one version can be sorted together."""
    if isinstance(obj, _BaseNetwork):
        return obj._get_networks_key()
    if isinstance(obj, _BaseAddress):
        return obj._get_address_key()
    return NotImplemented


def _split(address):
    """What an argument of a network or interface says: the address, and the prefix, None without one."""
    if isinstance(address, (int, bytes)):
        return address, None
    if not isinstance(address, tuple):
        parts = str(address).split('/')
        if len(parts) > 2:
            raise AddressValueError(f"Only one '/' permitted in {address!r}")
        address = parts
    if len(address) > 1:
        address, prefix = address
        return address, prefix
    return address[0], None


class _IPAddressBase:
    """What addresses, networks and interfaces have in common; the versions come in with _BaseV4 and _BaseV6."""

    __slots__ = ()

    @property
    def exploded(self):
        """The text in full, nothing abbreviated."""
        return self._in_full()

    @property
    def compressed(self):
        """The shortest text."""
        return str(self)

    @property
    def reverse_pointer(self):
        """The name under which DNS has the name of this address."""
        return self._reverse_pointer()

    @property
    def version(self):
        raise NotImplementedError(f'{type(self)!r} has no version specified')

    def _prefix_from_prefix_string(self, text):
        return prefix_of_text(text, self._max_prefixlen)

    @classmethod
    def _number_of(cls, number):
        """A number that is checked to be an address."""
        if number < 0:
            raise AddressValueError(f'{number} (< 0) is not permitted as an IPv{cls._version} address')
        if number >> cls._max_prefixlen:
            raise AddressValueError(f'{number} (>= 2**{cls._max_prefixlen}) is not permitted as an '
                                    f'IPv{cls._version} address')
        return number

    @classmethod
    def _number_of_bytes(cls, packed):
        length = cls._max_prefixlen // 8
        if len(packed) != length:
            raise AddressValueError(f'{packed!r} (len {len(packed)} != {length}) is not permitted as an '
                                    f'IPv{cls._version} address')
        return int.from_bytes(packed, 'big')

    @classmethod
    def _make_netmask(cls, prefix):
        """(mask, prefix length) of a number or a text."""
        length = cls._prefix_length(prefix)
        return cls._plain(cls._ALL_ONES ^ cls._ALL_ONES >> length), length

    @classmethod
    def _prefix_length(cls, prefix):
        if prefix is None:
            return cls._max_prefixlen
        if not isinstance(prefix, int):
            return cls._prefix_of_text(prefix)
        if not 0 <= prefix <= cls._max_prefixlen:
            raise bad_mask(prefix)
        return prefix

    def __reduce__(self):
        return self.__class__, (str(self),)


@functools.total_ordering
class _BaseAddress(_IPAddressBase):
    """One address: the number is in _ip."""

    __slots__ = ()

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self._version == other._version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        _same_version(self, other)
        return self._ip < other._ip

    def __add__(self, other):
        return self.__class__(int(self) + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(int(self) - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def __str__(self):
        return self._string_from_ip_int(self._ip)

    def __hash__(self):
        return hash(hex(int(self._ip)))

    def _get_address_key(self):
        return self._version, self

    def __reduce__(self):
        return self.__class__, (self._ip,)

    def __format__(self, spec):
        """As a text, or as a number in all its digits: b, x, X, n (what the version is usually shown in), # and _."""
        if not spec or spec[-1] == 's':
            return format(str(self), spec)
        match = _FORMAT.fullmatch(spec)
        if match is None:
            return super().__format__(spec)
        alternate, grouping, base = match.groups()
        if base == 'n':
            base = 'b' if self._version == 4 else 'x'
        digits = self._max_prefixlen if base == 'b' else self._max_prefixlen // 4
        width = digits + (digits // 4 - 1 if grouping else 0) + (2 if alternate else 0)
        return format(int(self), f'{alternate}0{width}{grouping}{base}')


@functools.total_ordering
class _BaseNetwork(_IPAddressBase):
    """All the addresses that begin with one prefix."""

    def __init__(self, address, strict=True):
        host, prefix = _split(address)
        self.network_address = self._address_class(host)
        self.netmask, self._prefixlen = self._make_netmask(prefix)
        number = int(self.network_address)
        base = number & int(self.netmask)
        if base != number:
            if strict:
                raise ValueError(f'{self} has host bits set')
            self.network_address = self._address_class(base)

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def __str__(self):
        return f'{self.network_address}/{self._prefixlen}'

    def hosts(self):
        """The addresses that hosts may have."""
        start, end = int(self.network_address), int(self.broadcast_address)
        if self._prefixlen == self._max_prefixlen:
            return [self._address_class(start)]
        if self._prefixlen < self._max_prefixlen - 1:
            start += 1
            end -= self._version == 4
        return map(self._address_class, range(start, end + 1))

    def __iter__(self):
        return map(self._address_class, range(int(self.network_address), int(self.broadcast_address) + 1))

    def __getitem__(self, index):
        start, end = int(self.network_address), int(self.broadcast_address)
        number = (start if index >= 0 else end + 1) + index
        if not start <= number <= end:
            raise IndexError('address out of range')
        return self._address_class(number)

    def __lt__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        _same_version(self, other)
        return self._order() < other._order()

    def __eq__(self, other):
        try:
            return (self._version == other._version and self.network_address == other.network_address and
                    int(self.netmask) == int(other.netmask))
        except AttributeError:
            return NotImplemented

    def __hash__(self):
        return hash((int(self.network_address), int(self.netmask)))

    def __contains__(self, other):
        if self._version != other._version or isinstance(other, _BaseNetwork):
            return False
        return not (other._ip ^ self.network_address._ip) & self.netmask._ip

    def _order(self):
        return int(self.network_address), int(self.netmask)

    def _get_networks_key(self):
        return self._version, self.network_address, self.netmask

    def overlaps(self, other):
        """Whether there is an address that is in both networks."""
        return any(edge in around for edge, around in (
            (other.network_address, self), (other.broadcast_address, self), (self.network_address, other),
            (self.broadcast_address, other))) if isinstance(other, _BaseNetwork) else self.network_address in other

    @functools.cached_property
    def broadcast_address(self):
        return self._address_class(int(self.network_address) | int(self.hostmask))

    @functools.cached_property
    def hostmask(self):
        return self._address_class(int(self.netmask) ^ self._ALL_ONES)

    @property
    def with_prefixlen(self):
        return f'{self.network_address}/{self._prefixlen}'

    @property
    def with_netmask(self):
        return f'{self.network_address}/{self.netmask}'

    @property
    def with_hostmask(self):
        return f'{self.network_address}/{self.hostmask}'

    @property
    def num_addresses(self):
        """How many addresses there are, with those that no host may have."""
        return 1 << self._max_prefixlen - self._prefixlen

    @property
    def prefixlen(self):
        return self._prefixlen

    def address_exclude(self, other):
        """The networks that are left of this one if the addresses of the other are taken away."""
        _same_version(self, other)
        if not isinstance(other, _BaseNetwork):
            raise TypeError(f'{other} is not a network object')
        if not other.subnet_of(self):
            raise ValueError(f'{other} not contained in {self}')
        rest = self
        while rest != other:
            low, high = rest.subnets()
            rest, free = (low, high) if other.subnet_of(low) else (high, low)
            yield free

    def compare_networks(self, other):
        """-1, 0 or 1: in the order of the addresses, then of the masks."""
        if self._version != other._version:
            raise TypeError(f'{self} and {other} are not of the same type')
        pairs = (self.network_address, other.network_address), (self.netmask, other.netmask)
        return next((-1 if mine < theirs else 1 for mine, theirs in pairs if mine != theirs), 0)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """The networks of a longer prefix that this one consists of."""
        bits = self._max_prefixlen
        if self._prefixlen == bits:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError('new prefix must be longer')
            if prefixlen_diff != 1:
                raise ValueError('cannot set prefixlen_diff and new_prefix')
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError('prefix length diff must be > 0')
        length = self._prefixlen + prefixlen_diff
        if length > bits:
            raise ValueError(f'prefix length diff {length} is invalid for netblock {self}')
        start = int(self.network_address)
        for number in range(start, start + self.num_addresses, 1 << bits - length):
            yield self.__class__((number, length))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """The network of a shorter prefix around this one."""
        if self._prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._prefixlen:
                raise ValueError('new prefix must be shorter')
            if prefixlen_diff != 1:
                raise ValueError('cannot set prefixlen_diff and new_prefix')
            prefixlen_diff = self._prefixlen - new_prefix
        length = self._prefixlen - prefixlen_diff
        if length < 0:
            raise ValueError(f'current prefixlen is {self._prefixlen}, '
                             f'cannot have a prefixlen_diff of {prefixlen_diff}')
        mask = int(self.netmask) & int(self.netmask) << prefixlen_diff
        return self.__class__((int(self.network_address) & mask, length))

    @staticmethod
    def _lies_in(inner, outer):
        try:
            _same_version(inner, outer)
            return (outer.network_address <= inner.network_address and
                    outer.broadcast_address >= inner.broadcast_address)
        except AttributeError:
            raise TypeError(f'Unable to test subnet containment between {inner} and {outer}') from None

    def subnet_of(self, other):
        """Whether every address of this network is one of the other's."""
        return self._lies_in(self, other)

    def supernet_of(self, other):
        """Whether every address of the other network is one of this network's."""
        return self._lies_in(other, self)


def _of_both_ends(name, doc):
    """A property of a network that holds if it holds for its first and its last address."""
    def holds(self):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)
    return property(holds, doc=doc)


for _name, _doc in (
        ('is_multicast', 'Whether this is for groups of hosts.'),
        ('is_reserved', 'Whether the IETF keeps this back.'),
        ('is_link_local', 'Whether this holds on one link only.'),
        ('is_unspecified', 'Whether this stands for no address.'),
        ('is_loopback', 'Whether this leads back to the host itself.')):
    setattr(_BaseNetwork, _name, _of_both_ends(_name, _doc))


def _is_private_network(self):
    """Whether both ends lie in one of the blocks that are not for the public internet."""
    private, exceptions = self._private_blocks()
    return (any(self.network_address in block and self.broadcast_address in block for block in private) and
            not any(self.network_address in block and self.broadcast_address in block for block in exceptions))


def _is_private_address(address):
    private, exceptions = address._private_blocks()
    return any(address in block for block in private) and not any(address in block for block in exceptions)


_BaseNetwork.is_private = property(_is_private_network, doc=_is_private_network.__doc__)
_BaseNetwork.is_global = property(lambda self: not self.is_private, doc='Whether this is for the public internet.')


class _BaseV4:
    """Version 4: 32 bits, four numbers with dots."""

    __slots__ = ()
    _version = 4
    _max_prefixlen = IPV4LENGTH
    _ALL_ONES = (1 << IPV4LENGTH) - 1
    version = property(lambda self: 4, doc='The version of the protocol.')
    max_prefixlen = property(lambda self: IPV4LENGTH, doc='The number of bits of an address.')

    @classmethod
    def _string_from_ip_int(cls, number):
        return write_v4(number)

    @classmethod
    def _plain(cls, number):
        return IPv4Address(number)

    @classmethod
    def _prefix_of_text(cls, text):
        return prefix_of_text(text, IPV4LENGTH) if is_number(text) else prefix_of_dotted(text)

    @staticmethod
    def _private_blocks():
        return _V4_PRIVATE, _V4_PUBLIC

    def _in_full(self):
        return str(self)

    def _reverse_pointer(self):
        return '.'.join(reversed(str(self).split('.'))) + '.in-addr.arpa'


class IPv4Address(_BaseV4, _BaseAddress):
    """One address of version 4, from a text, a number or 4 bytes."""

    __slots__ = ('_ip', '__weakref__')

    def __init__(self, address):
        if isinstance(address, int):
            self._ip = self._number_of(address)
        elif isinstance(address, bytes):
            self._ip = self._number_of_bytes(address)
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = parse_v4(text)

    @property
    def packed(self):
        """The 4 bytes, in the network's order."""
        return v4_int_to_packed(self._ip)

    @property
    def is_private(self):
        """Whether it lies in one of the blocks that are not for the public internet."""
        return _is_private_address(self)

    @property
    def is_global(self):
        """Whether it is for the public internet."""
        return self not in _V4_SHARED and not self.is_private

    is_multicast = property(lambda self: self in _V4_MULTICAST, doc='Whether it is the address of a group.')
    is_reserved = property(lambda self: self in _V4_RESERVED, doc='Whether the IETF keeps it back.')
    is_unspecified = property(lambda self: self == _V4_UNSPECIFIED, doc='Whether it is 0.0.0.0.')
    is_loopback = property(lambda self: self in _V4_LOOPBACK, doc='Whether it leads back to the host itself.')
    is_link_local = property(lambda self: self in _V4_LINK_LOCAL, doc='Whether it holds on one link only.')


class _Interface:
    """An address with a network; comes before the address class among the bases."""

    __slots__ = ()

    def _set_network(self, prefix):
        self.netmask, self._prefixlen = self._make_netmask(prefix)

    @functools.cached_property
    def hostmask(self):
        return self.network.hostmask

    def __eq__(self, other):
        same = super().__eq__(other)
        if same is NotImplemented or not same:
            return same
        try:
            return self.network == other.network
        except AttributeError:  # an address without a network is another thing
            return False

    def __lt__(self, other):
        less = super().__lt__(other)
        if less is NotImplemented:
            return NotImplemented
        try:
            return self.network < other.network or self.network == other.network and less
        except AttributeError:
            return False

    def __hash__(self):
        return hash((self._ip, self._prefixlen, int(self.network.network_address)))

    __reduce__ = _IPAddressBase.__reduce__

    @property
    def with_prefixlen(self):
        return f'{self._bare()}/{self._prefixlen}'

    @property
    def with_netmask(self):
        return f'{self._bare()}/{self.netmask}'

    @property
    def with_hostmask(self):
        return f'{self._bare()}/{self.hostmask}'

    def _bare(self):
        return self._string_from_ip_int(self._ip)


class IPv4Interface(_Interface, IPv4Address):
    """An address of version 4 with the network that it is in."""

    def __init__(self, address):
        host, prefix = _split(address)
        super().__init__(host)
        self.network = IPv4Network((host, prefix), strict=False)
        self._set_network(prefix)

    def __str__(self):
        return f'{self._bare()}/{self._prefixlen}'

    @property
    def ip(self):
        """The address alone."""
        return IPv4Address(self._ip)


class IPv4Network(_BaseV4, _BaseNetwork):
    """The addresses of version 4 that begin with one prefix."""

    _address_class = IPv4Address

    @property
    def is_global(self):
        """Whether it is for the public internet."""
        shared = self.network_address in _V4_SHARED and self.broadcast_address in _V4_SHARED
        return not shared and not self.is_private


class _BaseV6:
    """Version 6: 128 bits, eight groups of hexadecimal digits with colons."""

    __slots__ = ()
    _version = 6
    _max_prefixlen = IPV6LENGTH
    _ALL_ONES = (1 << IPV6LENGTH) - 1
    version = property(lambda self: 6, doc='The version of the protocol.')
    max_prefixlen = property(lambda self: IPV6LENGTH, doc='The number of bits of an address.')

    @classmethod
    def _string_from_ip_int(cls, number=None):
        if number >> IPV6LENGTH:
            raise ValueError('IPv6 address is too large')
        return write_v6(number)

    @classmethod
    def _plain(cls, number):
        return IPv6Address(number)

    @classmethod
    def _prefix_of_text(cls, text):
        return prefix_of_text(text, IPV6LENGTH)

    @staticmethod
    def _private_blocks():
        return _V6_PRIVATE, _V6_PUBLIC

    def _in_full(self):
        if isinstance(self, _BaseNetwork):
            return f'{write_v6_in_full(self.network_address._ip)}/{self._prefixlen}'
        text = write_v6_in_full(self._ip)
        return f'{text}/{self._prefixlen}' if isinstance(self, IPv6Interface) else text

    def _reverse_pointer(self):
        return '.'.join(self.exploded[::-1].replace(':', '')) + '.ip6.arpa'


class IPv6Address(_BaseV6, _BaseAddress):
    """One address of version 6, from a text (a scope may follow '%'), a number or 16 bytes."""

    __slots__ = ('_ip', '_scope_id', '__weakref__')

    def __init__(self, address):
        self._scope_id = None
        if isinstance(address, int):
            self._ip = self._number_of(address)
        elif isinstance(address, bytes):
            self._ip = self._number_of_bytes(address)
        else:
            text = str(address)
            if '/' in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            text, self._scope_id = split_scope(text)
            self._ip = parse_v6(text)

    def __str__(self):
        text = super().__str__()
        return f'{text}%{self._scope_id}' if self._scope_id else text

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __eq__(self, other):
        same = super().__eq__(other)
        if same is NotImplemented or not same:
            return same
        return self._scope_id == getattr(other, '_scope_id', None)

    @property
    def scope_id(self):
        """The zone in which the address holds, None if it names none."""
        return self._scope_id

    @property
    def packed(self):
        """The 16 bytes, in the network's order."""
        return v6_int_to_packed(self._ip)

    @property
    def is_private(self):
        """Whether it, or the address of version 4 inside it, is not for the public internet."""
        mapped = self.ipv4_mapped
        return _is_private_address(self) if mapped is None else mapped.is_private

    is_global = property(lambda self: not self.is_private, doc='Whether it is for the public internet.')
    is_multicast = property(lambda self: self in _V6_MULTICAST, doc='Whether it is the address of a group.')
    is_reserved = property(lambda self: any(self in block for block in _V6_RESERVED),
                           doc='Whether the IETF keeps it back.')
    is_link_local = property(lambda self: self in _V6_LINK_LOCAL, doc='Whether it holds on one link only.')
    is_site_local = property(lambda self: self in _V6_SITE_LOCAL, doc='Whether it holds on one site only.')
    is_unspecified = property(lambda self: self._ip == 0, doc='Whether it is ::.')
    is_loopback = property(lambda self: self._ip == 1, doc='Whether it is ::1.')

    @property
    def ipv4_mapped(self):
        """The address of version 4 in ::ffff:0:0/96, else None."""
        return IPv4Address(self._ip & 0xffff_ffff) if self._ip >> 32 == 0xffff else None

    @property
    def teredo(self):
        """(server, client) of an address in 2001::/32, else None."""
        if self._ip >> 96 != 0x2001_0000:
            return None
        return IPv4Address(self._ip >> 64 & 0xffff_ffff), IPv4Address(~self._ip & 0xffff_ffff)

    @property
    def sixtofour(self):
        """The address of version 4 in 2002::/16, else None."""
        return IPv4Address(self._ip >> 80 & 0xffff_ffff) if self._ip >> 112 == 0x2002 else None


class IPv6Interface(_Interface, IPv6Address):
    """An address of version 6 with the network that it is in."""

    def __init__(self, address):
        host, prefix = _split(address)
        super().__init__(host)
        self.network = IPv6Network((host, prefix), strict=False)
        self._set_network(prefix)

    def __str__(self):
        return f'{super().__str__()}/{self._prefixlen}'

    @property
    def ip(self):
        """The address alone."""
        return IPv6Address(self._ip)

    @property
    def is_unspecified(self):
        return self._ip == 0 and self.network.is_unspecified

    @property
    def is_loopback(self):
        return super().is_loopback and self.network.is_loopback


class IPv6Network(_BaseV6, _BaseNetwork):
    """The addresses of version 6 that begin with one prefix."""

    _address_class = IPv6Address
    is_site_local = _of_both_ends('is_site_local', 'Whether this holds on one site only.')


_V4_PRIVATE = tuple(map(IPv4Network, (
    '0.0.0.0/8', '10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.0.170/31',
    '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4')))
_V4_PUBLIC = tuple(map(IPv4Network, ('192.0.0.9/32', '192.0.0.10/32')))
_V4_LINK_LOCAL = IPv4Network('169.254.0.0/16')
_V4_LOOPBACK = IPv4Network('127.0.0.0/8')
_V4_MULTICAST = IPv4Network('224.0.0.0/4')
_V4_RESERVED = IPv4Network('240.0.0.0/4')
_V4_UNSPECIFIED = IPv4Address(0)
_V4_SHARED = IPv4Network('100.64.0.0/10')  # carriers share it among their customers: neither private nor global

_V6_PRIVATE = tuple(map(IPv6Network, (
    '::/127', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', 'fc00::/7',
    'fe80::/10')))
_V6_PUBLIC = tuple(map(IPv6Network, (
    '2001:1::1/128', '2001:1::2/128', '2001:3::/32', '2001:4:112::/48', '2001:20::/28', '2001:30::/28')))
_V6_LINK_LOCAL = IPv6Network('fe80::/10')
_V6_SITE_LOCAL = IPv6Network('fec0::/10')
_V6_MULTICAST = IPv6Network('ff00::/8')
_V6_RESERVED = tuple(map(IPv6Network, (
    '::/3', '4000::/2', '8000::/2', 'c000::/3', 'e000::/4', 'f000::/5', 'f800::/6', 'fe00::/9')))

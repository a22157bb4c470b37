"""Universally unique identifiers (RFC 4122)."""
import os
import time
from enum import Enum

RESERVED_NCS, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE = (
    'reserved for NCS compatibility', 'specified in RFC 4122',
    'reserved for Microsoft compatibility', 'reserved for future definition')

int_ = int
bytes_ = bytes

# From the Gregorian reform (1582-10-15) to 1970, in units of 100 nanoseconds.
_EPOCH = 0x01b21dd213814000


class SafeUUID(Enum):
    safe = 0
    unsafe = -1
    unknown = None


class UUID:
    """One identifier, from any of its forms: UUID('12345678-1234-5678-1234-567812345678'), or one of the keywords."""

    __slots__ = ('int', 'is_safe', '__weakref__')

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *,
                 is_safe=SafeUUID.unknown):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError('one of the hex, bytes, bytes_le, fields, or int arguments must be given')
        if hex is not None:
            hex = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
            if len(hex) != 32:
                raise ValueError('badly formed hexadecimal UUID string')
            int = int_(hex, 16)
        if bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError('bytes_le is not a 16-char string')
            bytes = (bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:])
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError('bytes is not a 16-char string')
            int = int_.from_bytes(bytes, 'big')
        if fields is not None:
            int = _join_fields(fields)
        if not 0 <= int < 1 << 128:
            raise ValueError('int is out of range (need a 128-bit value)')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            int = int & ~(0xc000 << 48) | 0x8000 << 48
            int = int & ~(0xf000 << 64) | version << 76
        object.__setattr__(self, 'int', int)
        object.__setattr__(self, 'is_safe', is_safe)

    def __getstate__(self):
        state = {'int': self.int}
        if self.is_safe != SafeUUID.unknown:
            state['is_safe'] = self.is_safe.value
        return state

    def __setstate__(self, state):
        object.__setattr__(self, 'int', state['int'])
        object.__setattr__(self, 'is_safe',
                           SafeUUID(state['is_safe']) if 'is_safe' in state else SafeUUID.unknown)

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')

    def __str__(self):
        text = self.hex
        return f'{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}'

    @property
    def bytes(self):
        return self.int.to_bytes(16, 'big')

    @property
    def bytes_le(self):
        b = self.bytes
        return b[3::-1] + b[5:3:-1] + b[7:5:-1] + b[8:]

    @property
    def fields(self):
        return (self.time_low, self.time_mid, self.time_hi_version, self.clock_seq_hi_variant,
                self.clock_seq_low, self.node)

    @property
    def time_low(self):
        return self.int >> 96

    @property
    def time_mid(self):
        return self.int >> 80 & 0xffff

    @property
    def time_hi_version(self):
        return self.int >> 64 & 0xffff

    @property
    def clock_seq_hi_variant(self):
        return self.int >> 56 & 0xff

    @property
    def clock_seq_low(self):
        return self.int >> 48 & 0xff

    @property
    def time(self):
        return (self.time_hi_version & 0x0fff) << 48 | self.time_mid << 32 | self.time_low

    @property
    def clock_seq(self):
        return (self.clock_seq_hi_variant & 0x3f) << 8 | self.clock_seq_low

    @property
    def node(self):
        return self.int & 0xffffffffffff

    @property
    def hex(self):
        return '%032x' % self.int

    @property
    def urn(self):
        return 'urn:uuid:' + str(self)

    @property
    def variant(self):
        top = self.clock_seq_hi_variant
        if not top & 0x80:
            return RESERVED_NCS
        if not top & 0x40:
            return RFC_4122
        return RESERVED_FUTURE if top & 0x20 else RESERVED_MICROSOFT

    @property
    def version(self):
        if self.variant == RFC_4122:
            return self.int >> 76 & 0xf


def _join_fields(fields):
    if len(fields) != 6:
        raise ValueError('fields is not a 6-tuple')
    widths = (32, 16, 16, 8, 8, 48)
    number = 0
    for i, (field, width) in enumerate(zip(fields, widths), 1):
        if not 0 <= field < 1 << width:
            raise ValueError(f'field {i} out of range (need a {width}-bit value)')
        number = number << width | field
    return number


# --- the hardware address ---

_node = None
_generate_time_safe = None
_has_uuid_generate_time_safe = False
_MAC_DELIM = b':'
_MAC_OMITS_LEADING_ZEROES = False


def _is_universal(mac):
    return not mac & 1 << 41


def _command_output(command, *args):
    """What a command prints, as a binary file; None if there is no such command."""
    import io
    import shutil
    import subprocess
    path = shutil.which(command, path=os.pathsep.join([os.environ.get('PATH', os.defpath), '/sbin', '/usr/sbin']))
    if path is None:
        return None
    # Words are looked for: they must not be translated.
    done = subprocess.run([path, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, 'LC_ALL': 'C'})
    return io.BytesIO(done.stdout)


_get_command_stdout = _command_output


def _best(macs):
    """The first address that a manufacturer gave; else the first at all."""
    first = None
    for mac in macs:
        if _is_universal(mac):
            return mac
        first = first or mac
    return first


def _find_mac_near_keyword(command, args, keywords, get_word_index):
    """The address that stands near one of some words in what a command prints; get_word_index says how near."""
    output = _get_command_stdout(command, args)
    if output is None:
        return None

    def found():
        for line in output:
            words = line.lower().rstrip().split()
            for place, word in enumerate(words):
                if word in keywords:
                    try:
                        mac = int(words[get_word_index(place)].replace(_MAC_DELIM, b''), 16)
                    except (ValueError, IndexError):
                        continue
                    if mac:
                        yield mac

    return _best(found())


def _parse_mac(word):
    """The number of an address like 0:1:2:a:b:c; None if it is none."""
    parts = word.split(_MAC_DELIM)
    if len(parts) != 6 or not all(1 <= len(part) <= 2 if _MAC_OMITS_LEADING_ZEROES else len(part) == 2
                                  for part in parts):
        return None
    try:
        return int(b''.join(part.rjust(2, b'0') for part in parts), 16)
    except ValueError:
        return None


def _find_mac_under_heading(command, args, heading):
    """The address in the column under a heading of what a command prints."""
    output = _get_command_stdout(command, args)
    if output is None:
        return None
    headings = output.readline().rstrip().split()
    if heading not in headings:
        return None
    column = headings.index(heading)

    def found():
        for line in output:
            words = line.rstrip().split()
            mac = _parse_mac(words[column]) if column < len(words) else None
            if mac is not None:
                yield mac

    return _best(found())


def _sysfs_getnode():
    """From the kernel's own files."""
    def found():
        try:
            names = sorted(os.listdir('/sys/class/net'))
        except OSError:
            return
        for name in names:
            try:
                with open(f'/sys/class/net/{name}/address') as file:
                    mac = int(file.read().strip().replace(':', ''), 16)
            except (OSError, ValueError):
                continue
            if mac and not mac >> 48:
                yield mac

    return _best(found())


def _ifconfig_getnode():
    """From ifconfig."""
    for args in ('', '-a', '-av'):
        mac = _find_mac_near_keyword('ifconfig', args, (b'hwaddr', b'ether', b'address:', b'lladdr'), lambda i: i + 1)
        if mac:
            return mac
    return None


def _ip_getnode():
    """From ip link."""
    return _find_mac_near_keyword('ip', 'link', [b'link/ether'], lambda i: i + 1) or None


def _arp_getnode():
    """From the table of neighbours, where this machine may be too."""
    import socket
    try:
        address = socket.gethostbyname(socket.gethostname())
    except OSError:
        return None
    for place in (-1, 1):
        mac = _find_mac_near_keyword('arp', '-an', [os.fsencode('(%s)' % address) if place == 1 else os.fsencode(address)],
                                     lambda i, place=place: i + (2 if place == 1 else place))
        if mac:
            return mac
    return None


def _lanscan_getnode():
    """From lanscan (HP-UX)."""
    return _find_mac_near_keyword('lanscan', '-ai', [b'lan0'], lambda i: 0)


def _netstat_getnode():
    """From netstat."""
    return _find_mac_under_heading('netstat', '-ian', b'Address')


def _unix_getnode():
    """From the system's library for such identifiers, which is not used here."""
    return None


_windll_getnode = _unix_getnode


def _random_getnode():
    """A random one; the multicast bit says that it is no hardware's."""
    return int.from_bytes(os.urandom(6), 'big') | 1 << 40


def _load_system_functions():
    """Nothing: for programs of old times."""


_GETTERS = [_sysfs_getnode, _ip_getnode, _ifconfig_getnode]


def getnode():
    """The hardware address as a 48-bit int; a random one with the multicast bit when there is none."""
    global _node
    if _node is not None:
        return _node
    for getter in [*_GETTERS, _random_getnode]:
        try:
            _node = getter()
        except Exception:
            continue
        if _node is not None and 0 <= _node < 1 << 48:
            return _node
    return _node


_last_timestamp = None


def uuid1(node=None, clock_seq=None):
    """From the hardware address, a sequence number and the time."""
    global _last_timestamp
    timestamp = time.time_ns() // 100 + _EPOCH
    if _last_timestamp is not None and timestamp <= _last_timestamp:
        timestamp = _last_timestamp + 1
    _last_timestamp = timestamp
    if clock_seq is None:
        clock_seq = int.from_bytes(os.urandom(2), 'big') & 0x3fff
    return UUID(fields=(timestamp & 0xffffffff, timestamp >> 32 & 0xffff, timestamp >> 48 & 0x0fff,
                        clock_seq >> 8 & 0x3f, clock_seq & 0xff, getnode() if node is None else node),
                version=1)


def uuid3(namespace, name):
    """From the MD5 digest of a namespace and a name."""
    from hashlib import md5
    digest = md5(namespace.bytes + bytes_(name, 'utf-8'), usedforsecurity=False).digest()
    return UUID(bytes=digest[:16], version=3)


def uuid4():
    """A random one."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """From the SHA-1 digest of a namespace and a name."""
    from hashlib import sha1
    return UUID(bytes=sha1(namespace.bytes + bytes_(name, 'utf-8')).digest()[:16], version=5)


NAMESPACE_DNS = UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_URL = UUID('6ba7b811-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_OID = UUID('6ba7b812-9dad-11d1-80b4-00c04fd430c8')
NAMESPACE_X500 = UUID('6ba7b814-9dad-11d1-80b4-00c04fd430c8')

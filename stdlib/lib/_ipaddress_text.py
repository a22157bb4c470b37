"""What ipaddress reads and writes: addresses of both versions as text and as numbers, and prefixes.

A family is one version of the protocol: its width, and how its numbers look in text. The classes in ipaddress.py hold
numbers and ask their family for the rest.
"""
_HEX = frozenset('0123456789abcdefABCDEF')


class AddressValueError(ValueError):
    """A text, number or bytes object that is no address."""


class NetmaskValueError(ValueError):
    """A prefix length or mask that is none."""


for _error in AddressValueError, NetmaskValueError:
    _error.__module__ = 'ipaddress'


def is_number(text):
    return text.isascii() and text.isdigit()


def _octet(text):
    if not text:
        raise ValueError('Empty octet not permitted')
    if not is_number(text):
        raise ValueError(f'Only decimal digits permitted in {text!r}')
    if len(text) > 3:
        raise ValueError(f'At most 3 characters permitted in {text!r}')
    if text != '0' and text.startswith('0'):
        raise ValueError(f'Leading zeros are not permitted in {text!r}')
    number = int(text)
    if number > 255:
        raise ValueError(f'Octet {number} (> 255) not permitted')
    return number


def _group(text):
    if not _HEX.issuperset(text):
        raise ValueError(f'Only hex digits permitted in {text!r}')
    if len(text) > 4:
        raise ValueError(f'At most 4 characters permitted in {text!r}')
    return int(text, 16)


def parse_v4(text):
    """The number of a dotted address."""
    if not text:
        raise AddressValueError('Address cannot be empty')
    parts = text.split('.')
    if len(parts) != 4:
        raise AddressValueError(f'Expected 4 octets in {text!r}')
    try:
        return int.from_bytes(map(_octet, parts), 'big')
    except ValueError as error:
        raise AddressValueError(f'{error} in {text!r}') from None


def write_v4(number):
    return '.'.join(map(str, number.to_bytes(4, 'big')))


def _gap(groups, text):
    """Where '::' stands in the split text: (groups before it, groups after it), or None if it does not occur."""
    inner = [index for index in range(1, len(groups) - 1) if not groups[index]]
    if len(inner) > 1:
        raise AddressValueError(f"At most one '::' permitted in {text!r}")
    starts_empty, ends_empty = not groups[0], not groups[-1]
    if not inner:
        if len(groups) != 8:
            raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
        if starts_empty:
            raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
        if ends_empty:
            raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
        return None
    before, after = inner[0], len(groups) - inner[0] - 1
    if starts_empty:
        before -= 1
        if before:
            raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
    if ends_empty:
        after -= 1
        if after:
            raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
    if before + after > 7:
        raise AddressValueError(f"Expected at most 7 other parts with '::' in {text!r}")
    return before, after


def parse_v6(text):
    """The number of an address in groups; the last two groups may be a dotted address."""
    if not text:
        raise AddressValueError('Address cannot be empty')
    groups = text.split(':')
    if len(groups) < 3:
        raise AddressValueError(f'At least 3 parts expected in {text!r}')
    if '.' in groups[-1]:
        try:
            low = parse_v4(groups.pop())
        except AddressValueError as error:
            raise AddressValueError(f'{error} in {text!r}') from None
        groups += [f'{low >> 16:x}', f'{low & 0xffff:x}']
    if len(groups) > 9:
        raise AddressValueError(f'At most 8 colons permitted in {text!r}')
    gap = _gap(groups, text)
    if gap is not None:
        before, after = gap
        head, tail = groups[:before], groups[len(groups) - after:]
        groups = head + ['0'] * (8 - before - after) + tail
    number = 0
    try:
        for group in groups:
            number = number << 16 | _group(group)
    except ValueError as error:
        raise AddressValueError(f'{error} in {text!r}') from None
    return number


def write_v6(number):
    """The shortest text: the first of the longest runs of two and more zero groups becomes '::'."""
    groups = [number >> shift & 0xffff for shift in range(112, -1, -16)]
    start, length, index = 0, 1, 0
    while index < 8:
        end = index
        while end < 8 and not groups[end]:
            end += 1
        if end - index > length:
            start, length = index, end - index
        index = max(end, index + 1)
    words = [f'{group:x}' for group in groups]
    if length > 1:
        return ':'.join(words[:start]) + '::' + ':'.join(words[start + length:])
    return ':'.join(words)


def write_v6_in_full(number):
    digits = f'{number:032x}'
    return ':'.join(digits[at:at + 4] for at in range(0, 32, 4))


def split_scope(text):
    """'fe80::1%eth0' as address and scope; the scope is None if there is none."""
    address, percent, scope = text.partition('%')
    if not percent:
        return address, None
    if not scope or '%' in scope:
        raise AddressValueError(f'Invalid IPv6 address: "{text!r}"')
    return address, scope


def bad_mask(mask):
    return NetmaskValueError(f'{mask!r} is not a valid netmask')


def prefix_of_text(text, bits):
    """The prefix length that is written as a number."""
    if not is_number(text) or not 0 <= int(text) <= bits:
        raise bad_mask(text)
    return int(text)


def prefix_of_mask(mask, bits):
    """The prefix length of a mask's number: ones, then zeros. Raises ValueError for others."""
    zeros = (mask & -mask).bit_length() - 1 if mask else bits
    if mask >> zeros != (1 << bits - zeros) - 1:
        digits = mask.to_bytes(bits // 8, 'big')
        raise ValueError(f'Netmask pattern {digits!r} mixes zeroes & ones')
    return bits - zeros


def prefix_of_dotted(text):
    """The prefix length of a dotted mask, or of its complement."""
    try:
        mask = parse_v4(text)
    except AddressValueError:
        raise bad_mask(text) from None
    for candidate in mask, mask ^ 0xffff_ffff:
        try:
            return prefix_of_mask(candidate, 32)
        except ValueError:
            continue
    raise bad_mask(text)

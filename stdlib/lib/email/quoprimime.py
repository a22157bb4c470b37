"""Quoted-printable as mail wants it: for bodies (RFC 2045) and, in another dialect, for words of headers (RFC 2047)."""
import re
from string import ascii_letters, digits, hexdigits

__all__ = ['body_decode', 'body_encode', 'body_length', 'decode', 'decodestring', 'header_decode', 'header_encode',
           'header_length', 'quote', 'unquote']

CRLF = '\r\n'
NL = '\n'
EMPTYSTRING = ''

# By the number of a byte: how it is written.
_QUOPRI_MAP = [f'={number:02X}' for number in range(256)]
_QUOPRI_HEADER_MAP = _QUOPRI_MAP.copy()
_QUOPRI_BODY_MAP = _QUOPRI_MAP.copy()
for _byte in b'-!*+/' + ascii_letters.encode() + digits.encode():
    _QUOPRI_HEADER_MAP[_byte] = chr(_byte)
_QUOPRI_HEADER_MAP[ord(' ')] = '_'
for _byte in bytes(range(0x20, 0x7f)) + b'\t':
    if _byte != ord('='):
        _QUOPRI_BODY_MAP[_byte] = chr(_byte)
del _byte

# For str.translate: line ends stay as they are.
_ENCODE_TABLE = dict(enumerate(_QUOPRI_BODY_MAP))
for _char in '\r\n':
    _ENCODE_TABLE[ord(_char)] = _char
del _char


def header_check(octet):
    """Whether a byte must be escaped in a header."""
    return chr(octet) != _QUOPRI_HEADER_MAP[octet]


def body_check(octet):
    """Whether a byte must be escaped in a body."""
    return chr(octet) != _QUOPRI_BODY_MAP[octet]


def header_length(bytearray):
    """How many characters the bytes take in a header."""
    return sum(len(_QUOPRI_HEADER_MAP[octet]) for octet in bytearray)


def body_length(bytearray):
    """How many characters the bytes take in a body."""
    return sum(len(_QUOPRI_BODY_MAP[octet]) for octet in bytearray)


def unquote(s):
    """The character of an escape: '=20' is a space."""
    return chr(int(s[1:3], 16))


def quote(c):
    """The escape of a character."""
    return _QUOPRI_MAP[ord(c)]


def header_encode(header_bytes, charset='iso-8859-1'):
    """An encoded word of some bytes."""
    if not header_bytes:
        return ''
    return f'=?{charset}?q?{"".join(_QUOPRI_HEADER_MAP[octet] for octet in header_bytes)}?='


def body_encode(body, maxlinelen=76, eol=NL):
    """Text whose characters are bytes, with what is not printable escaped and long lines broken softly."""
    if maxlinelen < 4:
        raise ValueError('maxlinelen must be at least 4')
    if not body:
        return body
    lines = []
    # Not splitlines(): only real line ends count.
    for line in body.translate(_ENCODE_TABLE).splitlines():
        lines.extend(_broken(line, maxlinelen))
    if body[-1] in CRLF:
        lines.append('')
    return eol.join(lines)


def _broken(line, limit):
    """The pieces of an encoded line; all but the last end in '='."""
    start, last_start = 0, len(line) - 1 - limit
    while start <= last_start:
        stop = start + limit - 1
        # No escape may be torn apart.
        if line[stop - 2] == '=':
            stop -= 1
            yield line[start:stop]
            start = stop - 1
        elif line[stop - 1] == '=':
            stop -= 1
            yield line[start:stop] + '='
            start = stop
        else:
            yield line[start:stop] + '='
            start = stop
    if line and line[-1] in ' \t':
        # White space at the end of a line would be lost: it is escaped, or a soft break stands behind it.
        room = start - last_start
        if room >= 3:
            yield line[start:-1] + quote(line[-1])
        elif room == 2:
            yield line[start:] + '='
            yield ''
        else:
            yield line[start:-1] + '='
            yield quote(line[-1])
    else:
        yield line[start:]


def decode(encoded, eol=NL):
    """The text of quoted-printable lines; its characters are bytes."""
    if not encoded:
        return encoded
    pieces = []
    for line in encoded.splitlines():
        line = line.rstrip()
        if not line:
            pieces.append(eol)
            continue
        i, size = 0, len(line)
        while i < size:
            char = line[i]
            if char != '=':
                pieces.append(char)
                i += 1
            elif i + 1 == size:
                # A soft break: the line goes on.
                i += 1
                break
            elif i + 2 < size and line[i + 1] in hexdigits and line[i + 2] in hexdigits:
                pieces.append(unquote(line[i:i + 3]))
                i += 3
            else:
                pieces.append(char)
                i += 1
            if i == size:
                pieces.append(eol)
        else:
            continue
    decoded = ''.join(pieces)
    if encoded[-1] not in '\r\n' and decoded.endswith(eol):
        decoded = decoded[:-len(eol)] if eol else decoded
    return decoded


body_decode = decodestring = decode


def header_decode(s):
    """The text of the inside of an encoded word."""
    return re.sub(r'=[a-fA-F0-9]{2}', lambda match: unquote(match.group()), s.replace('_', ' '), flags=re.ASCII)

"""Encoded words (RFC 2047), one at a time: =?charset*lang?encoding?text?=.

Their text is a string whose bytes may be smuggled in as surrogates; what is wrong with a word is a list of defects.
"""
import base64
import binascii
import functools
import re
from string import ascii_letters, digits

from email import errors

__all__ = ['decode_q', 'encode_q', 'decode_b', 'encode_b', 'len_q', 'len_b', 'decode', 'encode']

_ESCAPE = re.compile(br'=([a-fA-F0-9]{2})')
_PLAIN = frozenset(b'-!*+/' + ascii_letters.encode('ascii') + digits.encode('ascii'))


def decode_q(encoded):
    """(bytes, defects) of the Q encoding."""
    return _ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()), encoded.replace(b'_', b' ')), []


@functools.lru_cache(maxsize=None)
def _q_char(octet):
    if octet == ord(' '):
        return '_'
    return chr(octet) if octet in _PLAIN else f'={octet:02X}'


def encode_q(bstring):
    return ''.join(map(_q_char, bstring))


def len_q(bstring):
    return sum(len(_q_char(octet)) for octet in bstring)


def decode_b(encoded):
    """(bytes, defects) of base64: as strictly as possible at first, then more and more leniently."""
    missing = -len(encoded) % 4
    defects = [errors.InvalidBase64PaddingDefect()] if missing else []
    try:
        return base64.b64decode(encoded + b'=' * missing, validate=True), defects
    except binascii.Error:
        pass
    # There are other characters, which count for nothing; or the padding is at a wrong place.
    try:
        return base64.b64decode(encoded, validate=False), [errors.InvalidBase64CharactersDefect()]
    except binascii.Error:
        pass
    try:
        return (base64.b64decode(encoded + b'==', validate=False),
                [errors.InvalidBase64CharactersDefect(), errors.InvalidBase64PaddingDefect()])
    except binascii.Error:
        # One character too many: no bytes can be made of it.
        return encoded, [errors.InvalidBase64LengthDefect()]


def encode_b(bstring):
    return base64.b64encode(bstring).decode('ascii')


def len_b(bstring):
    return (len(bstring) + 2) // 3 * 4


_decoders = {'q': decode_q, 'b': decode_b}
_encoders = {'q': encode_q, 'b': encode_b}
_lengths = {'q': len_q, 'b': len_b}


def decode(ew):
    """(text, charset, language, defects) of a whole encoded word. ValueError if it is none."""
    _, charset, encoding, text, _ = ew.split('?')
    charset, _, language = charset.partition('*')
    data = text.encode('ascii', 'surrogateescape')
    data, defects = _decoders[encoding.lower()](data)
    try:
        string = data.decode(charset)
    except UnicodeDecodeError:
        defects.append(errors.UndecodableBytesDefect(
            f'Encoded word contains bytes not decodable using {charset!r} charset'))
        string = data.decode(charset, 'surrogateescape')
    except (LookupError, UnicodeError):
        string = data.decode('ascii', 'surrogateescape')
        if charset.lower() != 'unknown-8bit':
            defects.append(errors.CharsetError(f'Unknown charset {charset!r} in encoded word; decoded as unknown bytes'))
    return string, charset, language, defects


def encode(string, charset='utf-8', encoding=None, lang=''):
    """An encoded word of a string. Without `encoding` the shorter one is taken; Q, if it is not much longer."""
    if charset == 'unknown-8bit':
        data = string.encode('ascii', 'surrogateescape')
    else:
        data = string.encode(charset)
    if encoding is None:
        encoding = 'q' if len_q(data) - len_b(data) < 5 else 'b'
    if lang:
        lang = '*' + lang
    return f'=?{charset}{lang}?{encoding}?{_encoders[encoding](data)}?='

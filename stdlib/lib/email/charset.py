"""Charsets: how text in each is encoded in headers and bodies, and what it is converted to on its way out."""
from functools import partial

import email.base64mime
import email.quoprimime
from email import errors
from email.encoders import encode_7or8bit

__all__ = ['Charset', 'add_alias', 'add_charset', 'add_codec']

QP = 1          # quoted-printable
BASE64 = 2
SHORTEST = 3    # of the two: headers only

RFC2047_CHROME_LEN = len('=?us-ascii?q??=') - len('us-ascii')
DEFAULT_CHARSET = 'us-ascii'
UNKNOWN8BIT = 'unknown-8bit'
EMPTYSTRING = ''

# name: (encoding of headers, encoding of bodies, charset of the output)
CHARSETS = {
    'us-ascii': (None, None, None),
    'utf-8': (SHORTEST, BASE64, 'utf-8'),
    # Text that is Latin for the most part stays readable.
    **dict.fromkeys(('windows-1252', 'viscii', *(f'iso-8859-{number}' for number in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16))),
                    (QP, QP, None)),
    **dict.fromkeys(('big5', 'gb2312', 'koi8-r'), (BASE64, BASE64, None)),
    # Japanese mail has seven bits.
    **dict.fromkeys(('euc-jp', 'shift_jis'), (BASE64, None, 'iso-2022-jp')),
    'iso-2022-jp': (BASE64, None, None),
}

ALIASES = {f'latin_{number}': name for number, name in (
    (1, 'iso-8859-1'), (2, 'iso-8859-2'), (3, 'iso-8859-3'), (4, 'iso-8859-4'), (5, 'iso-8859-9'), (6, 'iso-8859-10'),
    (7, 'iso-8859-13'), (8, 'iso-8859-14'), (9, 'iso-8859-15'), (10, 'iso-8859-16'))}
ALIASES |= {alias.replace('_', '-'): name for alias, name in ALIASES.items()}
ALIASES |= {'cp949': 'ks_c_5601-1987', 'euc_jp': 'euc-jp', 'euc_kr': 'euc-kr', 'ascii': 'us-ascii'}

# Names of Python's codecs where they are not the charset's name.
CODEC_MAP = {'gb2312': 'eucgb2312_cn', 'big5': 'big5_tw', 'us-ascii': None}


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    """Make a charset known: how headers and bodies in it are encoded, and what it becomes in the output."""
    if body_enc == SHORTEST:
        raise ValueError('SHORTEST not allowed for body_enc')
    CHARSETS[charset] = header_enc, body_enc, output_charset


def add_alias(alias, canonical):
    """Make another name of a charset known."""
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    """Say which of Python's codecs does a charset."""
    CODEC_MAP[charset] = codecname


def _without_alias(name):
    return ALIASES.get(name, name)


def _encode(string, codec):
    """The bytes of a string; those of an unknown charset were smuggled in as surrogates."""
    if codec == UNKNOWN8BIT:
        return string.encode('ascii', 'surrogateescape')
    return string.encode(codec)


class Charset:
    """What is known about a charset.

    input_charset    its name
    header_encoding  how headers are encoded: QP, BASE64, SHORTEST or None
    body_encoding    the same for bodies
    output_charset   what it becomes
    input_codec, output_codec   the names of Python's codecs for both
    """

    def __init__(self, input_charset=DEFAULT_CHARSET):
        try:
            # Bytes are as good as text if both are ASCII.
            name = input_charset if isinstance(input_charset, str) else str(input_charset, 'ascii')
            name.encode('ascii')
        except UnicodeError:
            raise errors.CharsetError(input_charset)
        name = _without_alias(name.lower())
        self.header_encoding, self.body_encoding, output = CHARSETS.get(name, (SHORTEST, BASE64, None))
        output = _without_alias(output or name)
        self.input_charset, self.output_charset = name, output
        self.input_codec, self.output_codec = (CODEC_MAP.get(charset, charset) for charset in (name, output))

    def __repr__(self):
        return str.lower(self.input_charset)

    def __eq__(self, other):
        return repr(self) == str(other).lower()

    def get_output_charset(self):
        """The charset of the output."""
        return self.output_charset or self.input_charset

    def get_body_encoding(self):
        """What Content-Transfer-Encoding says; or a function that encodes a message and says it."""
        assert self.body_encoding != SHORTEST
        return {None: encode_7or8bit, QP: 'quoted-printable'}.get(self.body_encoding, 'base64')

    def header_encode(self, string):
        """A string as one encoded word."""
        codec = self.output_codec or 'us-ascii'
        data = _encode(string, codec)
        module = self._get_encoder(data)
        return string if module is None else module.header_encode(data, codec)

    def header_encode_lines(self, string, maxlengths):
        """A string as encoded words, each no longer than the next of `maxlengths` says."""
        codec = self.output_codec or 'us-ascii'
        module = self._get_encoder(_encode(string, codec))
        name = self.get_output_charset()
        to_word = partial(module.header_encode, charset=codec)
        chrome = len(name) + RFC2047_CHROME_LEN
        lines, piece = [], ''
        room = next(maxlengths) - chrome
        for char in string:
            grown = piece + char
            if module.header_length(_encode(grown, name)) <= room:
                piece = grown
                continue
            # The first word may find no room at all: then the line before stays as it was.
            lines.append(to_word(_encode(piece, codec)) if lines or piece else None)
            piece = char
            room = next(maxlengths) - chrome
        lines.append(to_word(_encode(piece, codec)))
        return lines

    def _get_encoder(self, header_bytes):
        if self.header_encoding == BASE64:
            return email.base64mime
        if self.header_encoding == QP:
            return email.quoprimime
        if self.header_encoding == SHORTEST:
            shorter = email.base64mime.header_length(header_bytes) < email.quoprimime.header_length(header_bytes)
            return email.base64mime if shorter else email.quoprimime
        return None

    def body_encode(self, string):
        """A body, given as text or as bytes, encoded for the output."""
        data = string.encode(self.output_charset) if isinstance(string, str) else string
        if not data:
            return string
        if self.body_encoding == QP:
            # It works on characters that are bytes.
            return email.quoprimime.body_encode(data.decode('latin1'))
        if self.body_encoding == BASE64:
            return email.base64mime.body_encode(data)
        return data.decode('ascii') if data is not string else data

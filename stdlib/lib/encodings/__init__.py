"""The encodings that are written in the language: those of names of hosts, and the ones that are no text at all.

The usual ones are native (runtime/text). codecs.lookup() asks search_function() for what it does not know.
"""
import codecs

_ALIASES = {
    'hex': 'hex_codec', 'base64': 'base64_codec', 'base_64': 'base64_codec', 'rot13': 'rot_13', 'uu': 'uu_codec',
    'zlib': 'zlib_codec', 'zip': 'zlib_codec', 'bz2': 'bz2_codec', 'quopri': 'quopri_codec',
    'quoted_printable': 'quopri_codec', 'quotedprintable': 'quopri_codec',
}
_ON_BYTES = frozenset({'hex_codec', 'base64_codec', 'rot_13', 'uu_codec', 'zlib_codec', 'bz2_codec', 'quopri_codec'})


class CodecRegistryError(LookupError, SystemError):
    """A codec is not what it should be."""


def normalize_encoding(encoding):
    """A name with one underscore for everything between letters, digits and dots. What is not ASCII is left out."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, 'ascii')
    parts, gap = [], False
    for char in encoding:
        if char.isalnum() or char == '.':
            if gap and parts:
                parts.append('_')
            if char.isascii():
                parts.append(char)
            gap = False
        else:
            gap = True
    return ''.join(parts)


def search_function(encoding):
    """The CodecInfo of an encoding of this package, or None."""
    name = normalize_encoding(encoding).lower()
    name = _ALIASES.get(name, name)
    if name in _ON_BYTES:
        from encodings._bytes import codec
        return codec(name)
    if name in ('idna', 'punycode'):
        return __import__('encodings.' + name, fromlist=['getregentry']).getregentry()
    return None

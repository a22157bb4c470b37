"""The encodings that are written in the language: those of names of hosts, and the ones that are no text at all.

The usual ones are native (runtime/text); _native makes classes of them. codecs.lookup() asks search_function() first.
"""
import _codecs
import codecs

_ALIASES = {
    'hex': 'hex_codec', 'base64': 'base64_codec', 'base_64': 'base64_codec', 'rot13': 'rot_13', 'uu': 'uu_codec',
    'zlib': 'zlib_codec', 'zip': 'zlib_codec', 'bz2': 'bz2_codec', 'quopri': 'quopri_codec',
    'quoted_printable': 'quopri_codec', 'quotedprintable': 'quopri_codec',
}
# Modules of this package that hold a codec of their own.
_MODULES = frozenset({'hex_codec', 'base64_codec', 'rot_13', 'uu_codec', 'zlib_codec', 'bz2_codec', 'quopri_codec',
                      'idna', 'punycode', 'undefined', 'charmap'})
# Those whose native codec stands on tables of the C library, which may lack them.
_EAST_ASIA = frozenset('big5 big5hkscs cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz '
                       'iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab '
                       'shift_jis shift_jis_2004 shift_jisx0213'.split())
_UNICODE_MODULES = {name: name.replace('-', '_') for name in (
    'utf-8', 'utf-8-sig', 'utf-7', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le', 'utf-32-be', 'ascii',
    'unicode_escape', 'raw_unicode_escape')} | {'iso8859-1': 'latin_1'}
_cache = {}


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
    if encoding not in _cache:
        _cache[encoding] = _find(encoding)
    return _cache[encoding]


def _find(encoding):
    try:
        name = _codecs._normal_name(encoding)
    except LookupError:
        pass
    else:
        module = _UNICODE_MODULES.get(name)
        if module is None:
            from encodings._native import codec_info
            return codec_info(name)
        return __import__('encodings.' + module, fromlist=['getregentry']).getregentry()
    name = normalize_encoding(encoding).lower()
    name = _ALIASES.get(name, name)
    if name not in _MODULES and name not in _EAST_ASIA:
        from encodings.aliases import aliases  # programs may have added to it
        name = aliases.get(name) or aliases.get(name.replace('.', '_'))
        if name is None:
            return None
    try:
        module = __import__('encodings.' + name, fromlist=['getregentry'])
    except LookupError:
        if name in _EAST_ASIA:
            return None
        raise
    return module.getregentry()

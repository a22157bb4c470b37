"""Encodings by name: encode and decode, at once or piece by piece, and streams that do.

Here is the look-up; the classes are in _codecs_classes, the functions of single encodings in _codecs_functions, the
error handlers in _codecs_errors, and what the encodings themselves are made of in the package encodings.
"""
import _codecs
from _codecs import lookup_error, register_error

from _codecs_classes import (BufferedIncrementalDecoder, BufferedIncrementalEncoder, Codec, IncrementalDecoder,
                             IncrementalEncoder, StreamReader, StreamReaderWriter, StreamRecoder, StreamWriter)
from _codecs_errors import (backslashreplace_errors, ignore_errors, namereplace_errors, replace_errors, strict_errors,
                            xmlcharrefreplace_errors)
from _codecs_functions import (ascii_decode, ascii_encode, charmap_build, charmap_decode, charmap_encode, escape_decode,
                               escape_encode, latin_1_decode, latin_1_encode, raw_unicode_escape_decode,
                               raw_unicode_escape_encode, readbuffer_encode, unicode_escape_decode,
                               unicode_escape_encode, utf_7_decode, utf_7_encode, utf_8_decode, utf_8_encode,
                               utf_16_be_decode, utf_16_be_encode, utf_16_decode, utf_16_encode, utf_16_ex_decode,
                               utf_16_le_decode, utf_16_le_encode, utf_32_be_decode, utf_32_be_encode, utf_32_decode,
                               utf_32_encode, utf_32_ex_decode, utf_32_le_decode, utf_32_le_encode)

__all__ = [
    'register', 'lookup', 'open', 'EncodedFile', 'BOM', 'BOM_BE', 'BOM_LE', 'BOM32_BE', 'BOM32_LE', 'BOM64_BE',
    'BOM64_LE', 'BOM_UTF8', 'BOM_UTF16', 'BOM_UTF16_LE', 'BOM_UTF16_BE', 'BOM_UTF32', 'BOM_UTF32_LE', 'BOM_UTF32_BE', 'CodecInfo',
    'Codec', 'IncrementalEncoder', 'IncrementalDecoder', 'StreamReader', 'StreamWriter', 'StreamReaderWriter',
    'StreamRecoder', 'getencoder', 'getdecoder', 'getincrementalencoder', 'getincrementaldecoder', 'getreader',
    'getwriter', 'encode', 'decode', 'iterencode', 'iterdecode', 'strict_errors', 'ignore_errors', 'replace_errors',
    'xmlcharrefreplace_errors', 'backslashreplace_errors', 'namereplace_errors', 'register_error', 'lookup_error',
]

BOM_UTF8 = b'\xef\xbb\xbf'
BOM_LE = BOM_UTF16_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = b'\xfe\xff'
BOM_UTF32_LE = b'\xff\xfe\x00\x00'
BOM_UTF32_BE = b'\x00\x00\xfe\xff'
BOM = BOM_UTF16 = BOM_LE
BOM_UTF32 = BOM_UTF32_LE
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE


class CodecInfo(tuple):
    """What lookup() gives: encode, decode, a stream reader and a stream writer, and more as attributes."""

    # str.encode() and bytes.decode() refuse codecs that are not between text and bytes.
    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None,
                name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return f'<{self.__class__.__module__}.{self.__class__.__qualname__} object for encoding {self.name} at {id(self):#x}>'


_search_functions = []
_known = {}


def register(search_function):
    """Ask this function too for the codecs of names that are not built in."""
    if not callable(search_function):
        raise TypeError('argument must be callable')
    _search_functions.append(search_function)


def unregister(search_function):
    """Undo register()."""
    if search_function in _search_functions:
        _search_functions.remove(search_function)
        _known.clear()


def lookup(encoding, /):
    """The CodecInfo of an encoding."""
    if not isinstance(encoding, str):
        raise TypeError(f'lookup() argument must be str, not {type(encoding).__name__}')
    normal = _normal(encoding)
    info = _known.get(normal)
    if info is None:
        info = _known[normal] = _search(normal, encoding)
    return info


def _normal(name):
    """A name as search functions get it: small letters, and one underscore for all between letters, digits and dots."""
    if name.isidentifier():
        found = name.lower()
        if '__' not in found and found.isascii():
            return found
    parts = [char.lower() if char.isalnum() or char == '.' else ' ' for char in name if char.isascii()]
    return '_'.join(''.join(parts).split())


def _search(normal, encoding):
    if '\0' in encoding:
        raise ValueError('embedded null character')
    import encodings
    for search in (encodings.search_function, *_search_functions):
        info = search(normal)
        if info is None:
            continue
        if not isinstance(info, tuple) or len(info) != 4:
            raise TypeError('codec search functions must return 4-tuples')
        return info
    raise LookupError(f'unknown encoding: {encoding}')


def _told_by(error, doing):
    """An exception of the same class that tells what was being done; None if the class needs more than a text."""
    kind = type(error)
    if kind.__init__ is not Exception.__init__ or kind.__new__ is not Exception.__new__:
        return None
    if error.__dict__ or len(error.args) > 1 or error.args and not isinstance(error.args[0], str):
        return None
    return kind(f'{doing} ({kind.__name__}: {error})')


def _run(function, input, errors, coder, encoding):
    """What a codec's function makes of an input; `coder` is "encoder" or "decoder". Errors say where they arose."""
    try:
        # Only a handler that is asked for is told of: functions need not take one.
        result = function(input) if errors == 'strict' else function(input, errors)
    except Exception as error:
        told = _told_by(error, f"{coder[:-2]}ing with '{encoding}' codec failed")
        if told is None:
            raise
        raise told from error
    if not isinstance(result, tuple) or len(result) != 2:
        gap = ' ' if coder == 'encoder' else ''
        raise TypeError(f'{coder} must return a tuple (object,{gap}integer)')
    return result[0]


def _run_text_codec(input, encoding, errors, coder):
    """What str.encode() and bytes.decode() do for encodings that are not native."""
    info = lookup(encoding)
    if not getattr(info, '_is_text_encoding', True):
        raise LookupError(f"{encoding!r} is not a text encoding; use codecs.{coder[:-1]}() to handle arbitrary codecs")
    return _run(info[coder == 'decoder'], input, errors, coder, encoding)


def encode(obj, encoding='utf-8', errors='strict'):
    """What the encoder of an encoding makes of an object: bytes of text, mostly."""
    return _run(lookup(encoding)[0], obj, errors, 'encoder', encoding)


def decode(obj, encoding='utf-8', errors='strict'):
    """What the decoder of an encoding makes of an object: text of bytes, mostly."""
    return _run(lookup(encoding)[1], obj, errors, 'decoder', encoding)


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors='strict', **kwargs):
    """Encode the pieces that an iterator gives."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for input in iterator:
        output = encoder.encode(input)
        if output:
            yield output
    output = encoder.encode('', True)
    if output:
        yield output


def iterdecode(iterator, encoding, errors='strict', **kwargs):
    """Decode the pieces that an iterator gives."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for input in iterator:
        output = decoder.decode(input)
        if output:
            yield output
    output = decoder.decode(b'', True)
    if output:
        yield output


def open(filename, mode='r', encoding=None, errors='strict', buffering=-1):
    """Open a file that is decoded and encoded."""
    import builtins
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        result = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        result.encoding = encoding
        return result
    except:
        file.close()
        raise


def EncodedFile(file, data_encoding, file_encoding=None, errors='strict'):
    """A file that is read and written in data_encoding, while the bytes of `file` are in file_encoding."""
    shown = lookup(data_encoding)
    stored = lookup(file_encoding or data_encoding)
    result = StreamRecoder(file, shown.encode, shown.decode, stored.streamreader, stored.streamwriter, errors)
    result.data_encoding, result.file_encoding = data_encoding, file_encoding or data_encoding
    return result


def make_identity_dict(rng):
    """A mapping of numbers to themselves."""
    return {number: number for number in rng}


def make_encoding_map(decoding_map):
    """A decoding map the other way round; what several bytes mean maps to None."""
    places = {}
    for byte, char in decoding_map.items():
        places[char] = byte if char not in places else None
    return places

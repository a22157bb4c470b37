"""Encodings by name: encode and decode, at once or piece by piece, and streams that do."""
import _codecs
from _codecs import decode as _decode, encode as _encode, lookup_error, register_error

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
        return self

    def __repr__(self):
        return f'<{self.__class__.__module__}.{self.__class__.__qualname__} object for encoding {self.name} at {id(self):#x}>'


class Codec:
    """The base of codecs without state."""

    def encode(self, input, errors='strict'):
        raise NotImplementedError

    def decode(self, input, errors='strict'):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes text that comes in pieces."""

    encoding = None

    def __init__(self, errors='strict'):
        self.errors = errors
        self._first = True

    def encode(self, input, final=False):
        encoding = self.encoding
        if not self._first:
            # Only the beginning carries a byte order mark.
            encoding = {'utf-16': 'utf-16-le', 'utf-32': 'utf-32-le', 'utf-8-sig': 'utf-8'}.get(encoding, encoding)
        if input:
            self._first = False
        return _encode(input, encoding, self.errors)

    def reset(self):
        self._first = True

    def getstate(self):
        return 0 if self._first else 1

    def setstate(self, state):
        self._first = not state


# Encodings whose first bytes may say which of several is meant; without these the first one of each is.
_BY_MARK = {
    'utf-16': {'utf-16-le': BOM_UTF16_LE, 'utf-16-be': BOM_UTF16_BE},
    'utf-32': {'utf-32-le': BOM_UTF32_LE, 'utf-32-be': BOM_UTF32_BE},
    'utf-8-sig': {'utf-8': BOM_UTF8},
}


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    encoding = None

    def __init__(self, errors='strict'):
        self.errors = errors
        self._possible = list(_BY_MARK.get(self.encoding, ()))
        self.reset()

    def decode(self, input, final=False):
        data = self._rest + bytes(input)
        text, taken = _codecs._decode_part(data, self._meant or self.encoding, self.errors, final)
        self._rest = data[taken:]
        if taken and self._possible and not self._meant:
            self._meant = self._said_by(data)
        return text

    def _said_by(self, data):
        for meant, mark in _BY_MARK[self.encoding].items():
            if data.startswith(mark):
                return meant
        if self.encoding != 'utf-8-sig':
            raise UnicodeError(f'{self.encoding.upper()} stream does not start with BOM')
        return self._possible[0]

    def reset(self):
        self._rest, self._meant = b'', None

    def getstate(self):
        # The number is the place of what is meant among the possible ones; behind them when it is not known yet.
        index = self._possible.index(self._meant) if self._meant else len(self._possible)
        return self._rest, index

    def setstate(self, state):
        self._rest, index = state
        self._meant = self._possible[index] if index < len(self._possible) else None


class StreamWriter(Codec):
    """A file that encodes what is written to it."""

    encoding = None

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        self.stream.write(encode(object, self.encoding, self.errors))

    def writelines(self, list):
        self.write(''.join(list))

    def reset(self):
        pass

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.stream.close()


class StreamReader(Codec):
    """A file that decodes what is read from it."""

    encoding = None

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._decoder = getincrementaldecoder(self.encoding)(errors)
        self._text = ''

    def read(self, size=-1, chars=-1, firstline=False):
        while chars < 0 or len(self._text) < chars:
            data = self.stream.read() if size < 0 else self.stream.read(size)
            self._text += self._decoder.decode(data, final=not data)
            if not data or chars < 0:
                break
        if chars < 0:
            chars = len(self._text)
        result, self._text = self._text[:chars], self._text[chars:]
        return result

    def readline(self, size=None, keepends=True):
        while '\n' not in self._text:
            data = self.stream.read(72)
            self._text += self._decoder.decode(data, final=not data)
            if not data:
                break
        end = self._text.find('\n') + 1 or len(self._text)
        line, self._text = self._text[:end], self._text[end:]
        return line if keepends else line.rstrip('\r\n')

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def reset(self):
        self._text = ''
        self._decoder.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.stream.close()


class StreamReaderWriter:
    """A file that decodes and encodes."""

    encoding = 'unknown'

    def __init__(self, stream, Reader, Writer, errors='strict'):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.reader)

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.stream.close()


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


def _make(name):
    classes = {}
    for base in (IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter):
        classes[base] = type(base.__name__, (base,), {'encoding': name})

    def encode_whole(input, errors='strict'):
        return _encode(input, name, errors), len(input)

    def decode_whole(input, errors='strict'):
        return _decode(input, name, errors), len(input)

    return CodecInfo(encode_whole, decode_whole, classes[StreamReader], classes[StreamWriter], classes[IncrementalEncoder],
                     classes[IncrementalDecoder], name)


def lookup(encoding):
    """The CodecInfo of an encoding."""
    if encoding not in _known:
        try:
            _known[encoding] = _make(_codecs._normal_name(encoding))
        except LookupError:
            normal = encoding.lower().replace(' ', '_').replace('-', '_')
            import encodings
            for search in (*_search_functions, encodings.search_function):
                info = search(normal)
                if info is not None:
                    _known[encoding] = info
                    break
            else:
                raise
    return _known[encoding]


def encode(obj, encoding='utf-8', errors='strict'):
    """What the encoder of an encoding makes of an object: bytes of text, mostly."""
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding='utf-8', errors='strict'):
    """What the decoder of an encoding makes of an object: text of bytes, mostly."""
    return lookup(encoding).decode(obj, errors)[0]


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
    import _io
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = _io.open(filename, mode, buffering)
    if encoding is None:
        return file
    info = lookup(encoding)
    result = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    result.encoding = encoding
    return result


def strict_errors(error):
    raise error


def ignore_errors(error):
    return '', error.end


def replace_errors(error):
    if isinstance(error, UnicodeEncodeError):
        return '?' * (error.end - error.start), error.end
    return '\ufffd', error.end

"""The classes of the encodings whose work is native, made from their two functions.

names(encoding) gives what a module of an encoding consists of: encode(), decode(), Codec, the incremental classes, the
streams, and getregentry(). Of the encodings, some know by themselves how much of the data is complete (utf-8), some
begin with a mark of order (utf-16, utf-32, utf-8-sig), and the rest map byte by byte.
"""
import _codecs
import codecs

# The functions under codecs by the usual name of an encoding.
_FUNCTIONS = {'utf-8': 'utf_8', 'utf-7': 'utf_7', 'utf-16-le': 'utf_16_le', 'utf-16-be': 'utf_16_be',
              'utf-32-le': 'utf_32_le', 'utf-32-be': 'utf_32_be', 'ascii': 'ascii', 'iso8859-1': 'latin_1',
              'unicode_escape': 'unicode_escape', 'raw_unicode_escape': 'raw_unicode_escape'}
_WITHOUT_PIECES = ('ascii', 'iso8859-1')


def _functions(encoding):
    """(encode, decode in pieces or None, decode as a whole)"""
    if encoding in _FUNCTIONS:
        name = _FUNCTIONS[encoding]
        encode, part = getattr(codecs, name + '_encode'), getattr(codecs, name + '_decode')
        if encoding in _WITHOUT_PIECES:
            return encode, None, part
        return encode, part, lambda input, errors='strict': part(input, errors, True)

    def encode(input, errors='strict'):
        return _codecs.encode(input, encoding, errors), len(input)

    def decode(input, errors='strict'):
        return _codecs._decode_part(input, encoding, errors, True)

    return encode, None, decode


def _plain_classes(encode, part, whole):
    class Codec(codecs.Codec):
        pass

    Codec.encode, Codec.decode = staticmethod(encode), staticmethod(whole)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    if part is None:
        class IncrementalDecoder(codecs.IncrementalDecoder):
            def decode(self, input, final=False):
                return whole(input, self.errors)[0]
    else:
        class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
            def _buffer_decode(self, input, errors, final):
                return part(input, errors, final)

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(Codec, codecs.StreamReader):
        decode = staticmethod(whole if part is None else lambda input, errors='strict': part(input, errors, False))

    return Codec, IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter


class _MarkReader:
    """Decodes from the first byte on: reads the mark, and goes on with the encoding that it tells.

    `meant` is the place of that encoding in `possible`; it is len(possible) until it is known.
    """

    def __init__(self, encoding, possible, marks):
        self._encoding, self._possible, self._marks = encoding, possible, marks
        self.undecided = self.meant = len(possible)

    def __call__(self, input, errors, final):
        if self.meant != self.undecided:
            return _codecs._decode_part(input, self._possible[self.meant], errors, final)
        data = bytes(input)
        if self._encoding == 'utf-8-sig' and len(data) < 3 and self._marks[0].startswith(data):
            return '', 0  # it may become the mark
        text, taken = _codecs._decode_part(data, self._encoding, errors, final)
        if taken:
            self._decide(data)
        return text, taken

    def _decide(self, data):
        for number, mark in enumerate(self._marks):
            if data.startswith(mark):
                self.meant = number
                return
        if self._encoding != 'utf-8-sig':
            raise UnicodeError(f'{self._encoding.upper()} stream does not start with BOM')
        self.meant = 0


def _marked_classes(encoding, possible, marks):
    """utf-16, utf-32 and utf-8-sig. `possible` are the encodings that the marks mean, this machine's first."""
    first_state = len(possible)

    class Codec(codecs.Codec):
        def encode(self, input, errors='strict'):
            return _codecs.encode(input, encoding, errors), len(input)

        def decode(self, input, errors='strict'):
            return _codecs._decode_part(input, encoding, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        _begun = False

        def encode(self, input, final=False):
            which = possible[0] if self._begun else encoding
            result = _codecs.encode(input, which, self.errors)
            self._begun = True
            return result

        def reset(self):
            self._begun = False

        def getstate(self):
            return 0 if self._begun else first_state

        def setstate(self, state):
            self._begun = not state

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def __init__(self, errors='strict'):
            super().__init__(errors)
            self._read = _MarkReader(encoding, possible, marks)

        def _buffer_decode(self, input, errors, final):
            return self._read(input, errors, final)

        def reset(self):
            super().reset()
            self._read.meant = self._read.undecided

        def getstate(self):
            return self.buffer, self._read.meant

        def setstate(self, state):
            super().setstate(state)
            self._read.meant = min(state[1], self._read.undecided)

    class StreamWriter(Codec, codecs.StreamWriter):
        _begun = False

        def encode(self, input, errors='strict'):
            which = possible[0] if self._begun else encoding
            self._begun = True
            return _codecs.encode(input, which, errors), len(input)

        def reset(self):
            self._begun = False

    class StreamReader(Codec, codecs.StreamReader):
        def decode(self, input, errors='strict'):
            return self._read(input, errors, False)

        def reset(self):
            super().reset()
            self._read = _MarkReader(encoding, possible, marks)

    return Codec, IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter


_MARKED = {
    'utf-16': (('utf-16-le', 'utf-16-be'), (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
    'utf-32': (('utf-32-le', 'utf-32-be'), (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    'utf-8-sig': (('utf-8',), (codecs.BOM_UTF8,)),
}


def names(encoding):
    """What the module of an encoding has."""
    if encoding in _MARKED:
        classes = _marked_classes(encoding, *_MARKED[encoding])
        codec = classes[0]()
        encode, decode = codec.encode, codec.decode
    else:
        encode, part, decode = _functions(encoding)
        classes = _plain_classes(encode, part, decode)
    Codec, IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter = classes

    def getregentry():
        return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder,
                                encoding)

    found = {'encode': encode, 'decode': decode, 'getregentry': getregentry, **{kind.__name__: kind for kind in classes}}
    if encoding not in _MARKED and encoding not in _FUNCTIONS:
        # The characters of all bytes, and what charmap_encode() needs to undo that.
        table = [bytes((byte,)).decode(encoding, 'ignore') or '\ufffe' for byte in range(256)]
        found['decoding_table'] = ''.join(table)
        found['encoding_table'] = codecs.charmap_build(found['decoding_table'])
    return found


def codec_info(encoding):
    """The CodecInfo of an encoding."""
    return names(encoding)['getregentry']()

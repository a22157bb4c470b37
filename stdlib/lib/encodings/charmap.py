"""The codec charmap: characters and bytes are what a mapping of the program says; Latin-1 without one."""
import codecs


class Codec(codecs.Codec):
    encode = staticmethod(codecs.charmap_encode)
    decode = staticmethod(codecs.charmap_decode)


class _Mapped:
    """Has the mapping that the incremental classes go by."""

    def __init__(self, errors='strict', mapping=None):
        super().__init__(errors)
        self.mapping = mapping


class IncrementalEncoder(_Mapped, codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return codecs.charmap_encode(input, self.errors, self.mapping)[0]


class IncrementalDecoder(_Mapped, codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return codecs.charmap_decode(input, self.errors, self.mapping)[0]


class _MappedStream:
    def __init__(self, stream, errors='strict', mapping=None):
        super().__init__(stream, errors)
        self.mapping = mapping


class StreamWriter(_MappedStream, Codec, codecs.StreamWriter):
    def encode(self, input, errors='strict'):
        return codecs.charmap_encode(input, errors, self.mapping)


class StreamReader(_MappedStream, Codec, codecs.StreamReader):
    def decode(self, input, errors='strict'):
        return codecs.charmap_decode(input, errors, self.mapping)


def getregentry():
    """What codecs.lookup() gives."""
    return codecs.CodecInfo(codecs.charmap_encode, codecs.charmap_decode, StreamReader, StreamWriter, IncrementalEncoder,
                            IncrementalDecoder, 'charmap')

"""The codec undefined: whatever it is given is an error. For programs that want no conversion to happen unseen."""
import codecs


def _refuse(input, errors='strict'):
    raise UnicodeError('undefined encoding')


class Codec(codecs.Codec):
    encode = decode = staticmethod(_refuse)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        _refuse(input)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        _refuse(input)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    """What codecs.lookup() gives."""
    return codecs.CodecInfo(_refuse, _refuse, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder,
                            'undefined')

"""The codecs of East Asia, whose work is native: names(encoding) gives what a module of one consists of.

Each encoding belongs to a group, whose module (_codecs_jp and so on) has the native codec.
"""
import codecs

import _multibytecodec


def _group(encoding):
    """The module that has the native codec."""
    for word, group in (('iso2022', 'iso2022'), ('hkscs', 'hk'), ('big5', 'tw'), ('cp950', 'tw'), ('gb', 'cn'), ('hz', 'cn'),
                        ('kr', 'kr'), ('949', 'kr'), ('johab', 'kr')):
        if word in encoding:
            return '_codecs_' + group
    return '_codecs_jp'


def names(encoding):
    """What the module of an encoding has."""
    codec = __import__(_group(encoding)).getcodec(encoding)
    native = codec

    class Codec(codecs.Codec):
        encode = native.encode
        decode = native.decode

    class IncrementalEncoder(_multibytecodec.MultibyteIncrementalEncoder, codecs.IncrementalEncoder):
        codec = native

    class IncrementalDecoder(_multibytecodec.MultibyteIncrementalDecoder, codecs.IncrementalDecoder):
        codec = native

    class StreamReader(Codec, _multibytecodec.MultibyteStreamReader, codecs.StreamReader):
        codec = native

    class StreamWriter(Codec, _multibytecodec.MultibyteStreamWriter, codecs.StreamWriter):
        codec = native

    def getregentry():
        return codecs.CodecInfo(Codec().encode, Codec().decode, StreamReader, StreamWriter, IncrementalEncoder,
                                IncrementalDecoder, encoding)

    classes = (Codec, IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter)
    return {'codec': codec, 'getregentry': getregentry, **{kind.__name__: kind for kind in classes}}

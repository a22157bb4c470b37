"""Codecs that make bytes of bytes: for codecs.encode() and codecs.decode().

Each of them has a module in this package, which is names() of it.
"""
import codecs


def _hex():
    import binascii
    return binascii.b2a_hex, binascii.a2b_hex


def _base64():
    import base64
    return base64.encodebytes, base64.decodebytes


def _quopri():
    import quopri
    return lambda data: quopri.encodestring(bytes(data), quotetabs=True), lambda data: quopri.decodestring(bytes(data))


def _zlib():
    import zlib
    return zlib.compress, zlib.decompress


def _bz2():
    import bz2
    return bz2.compress, bz2.decompress


def _uu():
    import binascii

    def encode(data):
        lines = [b'begin 666 <data>\n']
        lines += [binascii.b2a_uu(data[begin:begin + 45]) for begin in range(0, len(data), 45)]
        return b''.join([*lines, b' \nend\n'])

    def decode(data):
        lines = iter(bytes(data).splitlines(keepends=True))
        for line in lines:
            if line.startswith(b'begin'):
                break
        else:
            raise ValueError('Missing "begin" line in input data')
        found = []
        for line in lines:
            if line == b'end\n':
                return b''.join(found)
            try:
                found.append(binascii.a2b_uu(line))
            except binascii.Error:
                # Some encoders count wrongly: the first character says how much there is.
                found.append(binascii.a2b_uu(line[:(((line[0] - 32) & 63) * 4 + 5) // 3]))
        raise ValueError('Truncated input data')

    return encode, decode


_MAKERS = {'hex_codec': _hex, 'base64_codec': _base64, 'quopri_codec': _quopri, 'zlib_codec': _zlib, 'bz2_codec': _bz2,
           'uu_codec': _uu}


def _piece_classes(do, undo):
    """Encoders and decoders that make something of each piece by itself."""
    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return do(input)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return undo(input)

    return IncrementalEncoder, IncrementalDecoder


def _compressing_classes(compressor, decompressor):
    """Those of a compression, which sees the pieces as one stream."""
    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors='strict'):
            super().__init__(errors)
            self.reset()

        def encode(self, input, final=False):
            result = self.compressobj.compress(input)
            return result + self.compressobj.flush() if final else result

        def reset(self):
            self.compressobj = compressor()

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def __init__(self, errors='strict'):
            super().__init__(errors)
            self.reset()

        def decode(self, input, final=False):
            result = self.decompressobj.decompress(input)
            return result + self.decompressobj.flush() if final and hasattr(self.decompressobj, 'flush') else result

        def reset(self):
            self.decompressobj = decompressor()

    return IncrementalEncoder, IncrementalDecoder


def _incremental_classes(name, do, undo):
    if name == 'zlib_codec':
        import zlib
        return _compressing_classes(zlib.compressobj, zlib.decompressobj)
    if name == 'bz2_codec':
        import bz2
        return _compressing_classes(bz2.BZ2Compressor, bz2.BZ2Decompressor)
    return _piece_classes(do, undo)


def names(name):
    """What the module of one of them has."""
    do, undo = _MAKERS[name]()
    short = name.removesuffix('_codec')

    def encode(input, errors='strict'):
        _require_strict(errors)
        return do(input), len(input)

    def decode(input, errors='strict'):
        _require_strict(errors)
        return undo(input), len(input)

    class Codec(codecs.Codec):
        def encode(self, input, errors='strict'):
            return encode(input, errors)

        def decode(self, input, errors='strict'):
            return decode(input, errors)

    class StreamWriter(Codec, codecs.StreamWriter):
        charbuffertype = bytes

    class StreamReader(Codec, codecs.StreamReader):
        charbuffertype = bytes

    IncrementalEncoder, IncrementalDecoder = _incremental_classes(name, do, undo)

    def getregentry():
        return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, short,
                                _is_text_encoding=False)

    return {short + '_encode': encode, short + '_decode': decode, 'Codec': Codec, 'StreamReader': StreamReader,
            'StreamWriter': StreamWriter, 'IncrementalEncoder': IncrementalEncoder,
            'IncrementalDecoder': IncrementalDecoder, 'getregentry': getregentry}


def _require_strict(errors):
    if errors != 'strict':
        raise ValueError(f'Unsupported error handling: {errors!r}')

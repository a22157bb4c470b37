"""Codecs that make bytes of bytes (and rot_13, which makes text of text): for codecs.encode() and codecs.decode()."""
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


def _rot_13():
    table = {base + n: base + (n + 13) % 26 for base in (ord('A'), ord('a')) for n in range(26)}

    def turn(text):
        return str.translate(text, table)

    return turn, turn


_MAKERS = {'hex_codec': _hex, 'base64_codec': _base64, 'quopri_codec': _quopri, 'zlib_codec': _zlib, 'bz2_codec': _bz2,
           'uu_codec': _uu, 'rot_13': _rot_13}
_NAMES = {'hex_codec': 'hex', 'base64_codec': 'base64', 'quopri_codec': 'quopri', 'zlib_codec': 'zlib',
          'bz2_codec': 'bz2', 'uu_codec': 'uu', 'rot_13': 'rot-13'}


def codec(name):
    """The CodecInfo of one of them."""
    do, undo = _MAKERS[name]()

    def checked(errors):
        if errors != 'strict' and name != 'rot_13':
            raise ValueError(f'Unsupported error handling: {errors!r}')

    def encode(input, errors='strict'):
        checked(errors)
        return do(input), len(input)

    def decode(input, errors='strict'):
        checked(errors)
        return undo(input), len(input)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return do(input)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return undo(input)

    info = codecs.CodecInfo(encode, decode, None, None, IncrementalEncoder, IncrementalDecoder, _NAMES[name])
    info._is_text_encoding = False
    return info

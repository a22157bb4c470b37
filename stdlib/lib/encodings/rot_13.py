"""The codec rot-13: letters move by half the alphabet. It makes text of text, so it is for codecs.encode()."""
import codecs

rot13_map = {base + place: base + (place + 13) % 26 for base in (ord('A'), ord('a')) for place in range(26)}


def _turn(input, errors='strict'):
    return str.translate(input, rot13_map), len(input)


class Codec(codecs.Codec):
    encode = decode = staticmethod(_turn)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return str.translate(input, rot13_map)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return str.translate(input, rot13_map)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    """What codecs.lookup() gives."""
    return codecs.CodecInfo(_turn, _turn, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, 'rot-13',
                            _is_text_encoding=False)


def rot13(infile, outfile):
    """Copy a text file, turned."""
    outfile.write(codecs.encode(infile.read(), 'rot-13'))


if __name__ == '__main__':
    import sys
    rot13(sys.stdin, sys.stdout)

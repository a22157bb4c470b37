"""Punycode (RFC 3492): any text as ASCII that may stand in names of hosts.

The characters that are ASCII come first, then a dash, then numbers that say where which other character is inserted. The
numbers have digits of a growing weight, and the weight adapts itself to how far the characters lie apart.
"""
import codecs

_DIGITS = b'abcdefghijklmnopqrstuvwxyz0123456789'
_BASE, _SKEW, _DAMP, _TMIN, _TMAX = 36, 38, 700, 1, 26


def _threshold(place, bias):
    return min(max(_BASE * (place + 1) - bias, _TMIN), _TMAX)


def _adapt(delta, first, count):
    """The bias after a number."""
    delta = delta // (_DAMP if first else 2)
    delta += delta // count
    steps = 0
    while delta > (_BASE - _TMIN) * _TMAX // 2:
        delta //= _BASE - _TMIN
        steps += _BASE
    return steps + _BASE * delta // (delta + _SKEW)


def punycode_encode(text):
    """The bytes of a text."""
    basic = bytes(ord(char) for char in text if ord(char) < 128)
    out = bytearray(basic)
    if basic:
        out += b'-'
    code, delta, bias, done = 128, 0, 72, len(basic)
    while done < len(text):
        following = min(ord(char) for char in text if ord(char) >= code)
        delta += (following - code) * (done + 1)
        code = following
        for char in text:
            if ord(char) < code:
                delta += 1
            elif ord(char) == code:
                number, place = delta, 0
                while number >= (t := _threshold(place, bias)):
                    number, digit = divmod(number - t, _BASE - t)
                    out.append(_DIGITS[t + digit])
                    place += 1
                out.append(_DIGITS[number])
                bias = _adapt(delta, done == len(basic), done + 1)
                delta = 0
                done += 1
        delta += 1
        code += 1
    return bytes(out)


def punycode_decode(text, errors):
    """The text of some bytes."""
    if isinstance(text, str):
        text = text.encode('ascii')
    basic, dash, extended = bytes(text).rpartition(b'-')
    result = list(str(basic, 'ascii', errors))
    code, position, bias, first = 128, 0, 72, True
    index = 0
    extended = extended.lower()
    while index < len(extended):
        start, weight, place = position, 1, 0
        while True:
            if index >= len(extended):
                if errors == 'strict':
                    raise UnicodeError('incomplete punicode string')
                return ''.join(result)
            digit = _DIGITS.find(extended[index])
            if digit < 0:
                if errors == 'strict':
                    raise UnicodeError("Invalid extended code point '%s'" % chr(extended[index]).upper())
                return ''.join(result)
            index += 1
            position += digit * weight
            t = _threshold(place, bias)
            if digit < t:
                break
            weight *= _BASE - t
            place += 1
        bias = _adapt(position - start, first, len(result) + 1)
        first = False
        more, position = divmod(position, len(result) + 1)
        code += more
        if code > 0x10ffff:
            if errors == 'strict':
                raise UnicodeError('Invalid character U+%x' % code)
            code = ord('?')
        result.insert(position, chr(code))
        position += 1
    return ''.join(result)


def _encode(input, errors='strict'):
    return punycode_encode(input), len(input)


def _decode(input, errors='strict'):
    if errors not in ('strict', 'replace', 'ignore'):
        raise UnicodeError('Unsupported error handling ' + errors)
    return punycode_decode(input, errors), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return punycode_encode(input)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return _decode(input, self.errors)[0]


class Codec(codecs.Codec):
    encode = staticmethod(_encode)
    decode = staticmethod(_decode)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    """What codecs.lookup() gives."""
    return codecs.CodecInfo(_encode, _decode, StreamReader, StreamWriter, IncrementalEncoder,
                            IncrementalDecoder, 'punycode')

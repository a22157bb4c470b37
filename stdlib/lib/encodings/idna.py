"""IDNA (RFC 3490): names of hosts in any letters. Each label is prepared (RFC 3491) and written in Punycode after 'xn--'."""
import codecs
import re
import stringprep
import unicodedata

from encodings.punycode import punycode_decode, punycode_encode

_DOTS = re.compile('[\u002e\u3002\uff0e\uff61]')
ace_prefix = b'xn--'
sace_prefix = 'xn--'

_FORBIDDEN = (stringprep.in_table_c12, stringprep.in_table_c22, stringprep.in_table_c3, stringprep.in_table_c4,
              stringprep.in_table_c5, stringprep.in_table_c6, stringprep.in_table_c7, stringprep.in_table_c8,
              stringprep.in_table_c9)


def nameprep(label):
    """A label in its one normal form. UnicodeError for characters that have no place in names."""
    mapped = ''.join(stringprep.map_table_b2(char) for char in label if not stringprep.in_table_b1(char))
    label = unicodedata.normalize('NFKC', mapped)
    for char in label:
        if any(forbidden(char) for forbidden in _FORBIDDEN):
            raise UnicodeError('Invalid character %r' % char)
    # Letters that run from right to left stand alone, and at both ends.
    right_to_left = [stringprep.in_table_d1(char) for char in label]
    if any(right_to_left):
        if any(stringprep.in_table_d2(char) for char in label):
            raise UnicodeError('Violation of BIDI requirement 2')
        if not right_to_left[0] or not right_to_left[-1]:
            raise UnicodeError('Violation of BIDI requirement 3')
    return label


def _fitting(label):
    """An ASCII label, if it is neither empty nor too long."""
    if 0 < len(label) < 64:
        return label
    raise UnicodeError('label empty or too long')


def ToASCII(label):
    """The bytes of a label."""
    if label.isascii():
        return _fitting(label.encode('ascii'))
    label = nameprep(label)
    if label.isascii():
        return _fitting(label.encode('ascii'))
    if label.startswith(sace_prefix):
        raise UnicodeError('Label starts with ACE prefix')
    return _fitting(ace_prefix + punycode_encode(label))


def ToUnicode(label):
    """The text of a label."""
    if isinstance(label, bytes):
        plain = label
    else:
        plain = (label if label.isascii() else nameprep(label))
        try:
            plain = plain.encode('ascii')
        except UnicodeError:
            raise UnicodeError('Invalid character in IDN label')
    if not plain.lower().startswith(ace_prefix):
        return str(plain, 'ascii')
    if len(plain) > 1024:
        raise UnicodeError('label way too long')
    text = punycode_decode(plain[len(ace_prefix):], 'strict')
    back = ToASCII(text)
    if str(plain, 'ascii').lower() != str(back, 'ascii'):
        raise UnicodeError('IDNA does not round-trip', plain, back)
    return text


def _encode(input, errors='strict'):
    if errors != 'strict':
        raise UnicodeError('unsupported error handling ' + errors)
    if not input:
        return b'', 0
    if input.isascii():
        labels = input.encode('ascii').split(b'.')
        for label in labels[:-1]:
            if not 0 < len(label) < 64:
                raise UnicodeError('label empty or too long')
        if len(labels[-1]) >= 64:
            raise UnicodeError('label too long')
        return input.encode('ascii'), len(input)
    labels = _DOTS.split(input)
    # A dot at the end is kept.
    trailing = b''
    if labels and not labels[-1]:
        trailing = b'.'
        labels.pop()
    return b'.'.join(map(ToASCII, labels)) + trailing, len(input)


def _decode(input, errors='strict'):
    if errors != 'strict':
        raise UnicodeError('Unsupported error handling ' + errors)
    data = bytes(input)
    if not data:
        return '', 0
    if ace_prefix not in data.lower():
        try:
            return data.decode('ascii'), len(data)
        except UnicodeDecodeError:
            pass
    labels = data.split(b'.')
    trailing = ''
    if labels and not labels[-1]:
        trailing = '.'
        labels.pop()
    return '.'.join(map(ToUnicode, labels)) + trailing, len(data)


class _Pieces:
    """What the incremental ones have in common: a label goes when its dot has come."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self._held = self._nothing

    def reset(self):
        self._held = self._nothing

    def _take(self, input, final):
        data = self._held + input
        end = len(data) if final else max(self._last_dot(data) + 1, 0)
        self._held = data[end:]
        return data[:end]


class IncrementalEncoder(_Pieces, codecs.IncrementalEncoder):
    _nothing = ''

    def _last_dot(self, data):
        return max((match.start() for match in _DOTS.finditer(data)), default=-1)

    def encode(self, input, final=False):
        return _encode(self._take(input, final), self.errors)[0]

    def getstate(self):
        return self._held or 0

    def setstate(self, state):
        self._held = state or ''


class IncrementalDecoder(_Pieces, codecs.IncrementalDecoder):
    _nothing = b''

    def _last_dot(self, data):
        return data.rfind(b'.')

    def decode(self, input, final=False):
        return _decode(self._take(bytes(input), final), self.errors)[0]

    def getstate(self):
        return self._held, 0

    def setstate(self, state):
        self._held = state[0]


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
                            IncrementalDecoder, 'idna')

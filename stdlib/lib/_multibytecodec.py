"""What the codecs of East Asia are made of: encoders and decoders of pieces, and streams.

The encodings themselves are native (_multibyte). A subclass names its one in `codec`. What lies between two pieces is
held here: the input that is not complete yet, and in which character set the encoding is (`_state`, eight bytes).
"""
from _multibyte import getcodec as _getcodec

_MOST_CHARS_WAITING = 2
_MOST_BYTES_WAITING = _STATE_BYTES = 8


def _finder(*names):
    """A getcodec() that knows these encodings."""
    def getcodec(name, /):
        if not isinstance(name, str):
            raise TypeError('encoding name must be a string.')
        if name not in names:
            raise LookupError('no such codec is supported.')
        return _getcodec(name)
    return getcodec


class _Base:
    """Has a codec, and the name of an error handler."""

    # The name that errors give the class, and at which place its constructor has `errors`.
    _called, _place = '', 1

    def _begin(self, errors):
        if not isinstance(errors, str):
            raise TypeError(f'{self._called}() argument {self._place} must be str, not {type(errors).__name__}')
        if not hasattr(self.codec, '_encode_part'):
            raise TypeError('codec is unexpected type')
        self._errors = errors

    @property
    def errors(self):
        """How to treat errors."""
        return self._errors

    @errors.setter
    def errors(self, value):
        if not isinstance(value, str):
            raise TypeError('errors must be a string')
        self._errors = value

    @errors.deleter
    def errors(self):
        raise AttributeError('cannot delete attribute')


class _Encoding(_Base):
    """Encodes, keeping characters back that depend on what follows."""

    def _begin(self, errors):
        super()._begin(errors)
        self._waiting = ''
        self._state = self.codec._start(False)

    def _encode(self, input, final):
        text = self._waiting + (input if isinstance(input, str) else str(input))
        result, taken, state = self.codec._encode_part(text, self._errors, self._state, final)
        rest = text[taken:]
        if len(rest) > _MOST_CHARS_WAITING:
            raise UnicodeError('pending buffer overflow')
        self._waiting, self._state = rest, state
        return result


class _Decoding(_Base):
    """Decodes, keeping bytes back that are no whole character yet."""

    def _begin(self, errors):
        super()._begin(errors)
        self._forget()

    def _forget(self):
        self._waiting = b''
        self._state = self.codec._start(True)

    def _decode(self, data, final):
        data = self._waiting + data
        result, taken, state = self.codec._decode_part(data, self._errors, self._state, final)
        rest = data[taken:]
        if len(rest) > _MOST_BYTES_WAITING:
            raise UnicodeError('pending buffer overflow')
        self._waiting, self._state = rest, state
        return result


class MultibyteIncrementalEncoder(_Encoding):
    """Encodes what comes in pieces."""

    _called, _place = 'IncrementalEncoder', 1

    def __init__(self, errors='strict'):
        self._begin(errors)

    def encode(self, input, final=False):
        """What the next piece becomes."""
        return self._encode(input, final)

    def reset(self):
        """Begin anew; which sets the reader knows of stays."""
        self._waiting = ''
        self._state = self.codec._encode_part('', self._errors, self._state, True)[2]

    def getstate(self):
        """The state as a number."""
        waiting = self._waiting.encode()
        return int.from_bytes(bytes((len(waiting),)) + waiting + self._state, 'little')

    def setstate(self, state, /):
        """Go back to a state."""
        if not isinstance(state, int):
            raise TypeError(f'argument 1 must be int, not {type(state).__name__}')
        data = state.to_bytes(1 + 4 * _MOST_CHARS_WAITING + _STATE_BYTES, 'little')
        size = data[0]
        if size > 4 * _MOST_CHARS_WAITING:
            raise UnicodeError('pending buffer too large')
        self._waiting = data[1:1 + size].decode()
        self._state = data[1 + size:1 + size + _STATE_BYTES]


class MultibyteIncrementalDecoder(_Decoding):
    """Decodes what comes in pieces."""

    _called, _place = 'IncrementalDecoder', 1

    def __init__(self, errors='strict'):
        self._begin(errors)

    def decode(self, input, final=False):
        """What the next piece becomes."""
        if not isinstance(input, bytes):
            try:
                input = bytes(memoryview(input))
            except TypeError:
                raise TypeError(f"a bytes-like object is required, not '{type(input).__name__}'") from None
        return self._decode(input, final)

    def reset(self):
        """Begin anew."""
        self._forget()

    def getstate(self):
        """The state: (bytes that wait, a number)."""
        return self._waiting, int.from_bytes(self._state, 'little')

    def setstate(self, state, /):
        """Go back to a state."""
        if not isinstance(state, tuple):
            raise TypeError(f'setstate() argument must be tuple, not {type(state).__name__}')
        waiting, number = state
        if not isinstance(waiting, bytes) or not isinstance(number, int):
            raise TypeError('setstate(): illegal state argument')
        if len(waiting) > _MOST_BYTES_WAITING:
            raise UnicodeError('pending buffer too large')
        self._state = number.to_bytes(_STATE_BYTES, 'little')
        self._waiting = waiting


class MultibyteStreamReader(_Decoding):
    """Decodes what it reads from a stream."""

    _called, _place = 'StreamReader', 2

    def __init__(self, stream, errors='strict'):
        self._begin(errors)
        self.stream = stream

    def _read(self, method, size):
        if size is None:
            size = -1
        elif not isinstance(size, int):
            raise TypeError('arg 1 must be an integer')
        if size == 0:
            return ''
        while True:
            data = method() if size < 0 else method(size)
            if not isinstance(data, bytes):
                raise TypeError(f'stream function returned a non-bytes object ({type(data).__name__})')
            text = self._decode(data, size < 0 or not data)
            if text or size < 0 or not data:
                return text
            size = 1  # not a whole character yet

    def read(self, size=None, /):
        """What the next bytes mean: size of them, or all."""
        return self._read(self.stream.read, size)

    def readline(self, size=None, /):
        """The next line."""
        return self._read(self.stream.readline, size)

    def readlines(self, size=None, /):
        """The lines that are left."""
        return self._read(self.stream.read, size).splitlines(True)

    def reset(self):
        """Begin anew."""
        self._forget()


class MultibyteStreamWriter(_Encoding):
    """Encodes what it writes to a stream."""

    _called, _place = 'StreamWriter', 2

    def __init__(self, stream, errors='strict'):
        self._begin(errors)
        self.stream = stream

    def write(self, text, /):
        """Write a text."""
        self.stream.write(self._encode(text, False))

    def writelines(self, lines, /):
        """Write texts."""
        for line in lines:
            self.write(line)

    def reset(self):
        """Write what was kept back, and what returns to the beginning."""
        if self._waiting:
            self.stream.write(self._encode('', True))

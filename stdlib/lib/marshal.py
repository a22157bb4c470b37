"""Plain values as bytes: numbers, texts and the containers of them, in the format of CPython 3.11 (version 4).

Code objects are there too, but for the same version of Gila only: other bytes raise ValueError, CPython's as well. As in
CPython, code from an untrusted source must not be run: what is refused is damage, not malice.
"""
import _imp
import struct
import types

__all__ = ['dump', 'dumps', 'load', 'loads', 'version']

version = 4
_DEPTH = 2000  # how deeply containers may lie in each other
_REF = 0x80  # the bit of a type byte: this object is numbered, later bytes may name it
_SINGLETONS = {None: b'N', True: b'T', False: b'F', StopIteration: b'S', Ellipsis: b'.'}
_SINGLE_BYTES = {code[0]: value for value, code in _SINGLETONS.items()}
_CONTAINERS = {tuple: b'(', list: b'[', set: b'<', frozenset: b'>'}
_DIGIT_BITS = 15


class _Writer:
    def __init__(self, version):
        self.version = version
        self.parts = []
        self.depth = 0
        self.numbers = {}  # id of an object that may come again -> its number
        self.kept = []  # keeps them alive, so that no id is used twice

    def put(self, code, form='', *values):
        self.parts.append(code + (struct.pack('<' + form, *values) if form else b''))

    def value(self, value):
        if any(value is single for single in _SINGLETONS):
            self.put(_SINGLETONS[value])
            return
        kind = type(value)
        if kind is int and -0x80000000 <= value <= 0x7fffffff:
            self.put(b'i', 'i', value)
            return
        if self.version >= 3:
            number = self.numbers.get(id(value))
            if number is not None:
                self.put(b'r', 'I', number)
                return
            self.numbers[id(value)] = len(self.kept)
            self.kept.append(value)
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError('object too deeply nested to marshal')
        start = len(self.parts)
        self.fresh(value, kind)
        if self.version >= 3:
            first = self.parts[start]
            self.parts[start] = bytes([first[0] | _REF]) + first[1:]
        self.depth -= 1

    def fresh(self, value, kind):
        """A value that has not been written yet."""
        if kind is int:
            self.long(value)
        elif kind is float:
            self.number(value, b'g', b'f')
        elif kind is complex:
            self.number(value, b'y', b'x')
        elif kind is str:
            self.text(value)
        elif kind in _CONTAINERS:
            self.container(value, kind)
        elif kind is dict:
            self.put(b'{')
            for key, item in value.items():
                self.value(key)
                self.value(item)
            self.put(b'0')
        elif kind is types.CodeType:
            data = _imp.code_to_bytes(value)
            self.put(b'c', 'I', len(data))
            self.parts.append(data)
        else:
            self.buffer(value)

    def long(self, value):
        magnitude, digits = abs(value), []
        while magnitude:
            digits.append(magnitude & ((1 << _DIGIT_BITS) - 1))
            magnitude >>= _DIGIT_BITS
        self.put(b'l', f'i{len(digits)}H', -len(digits) if value < 0 else len(digits), *digits)

    def number(self, value, binary, textual):
        pair = (value.real, value.imag) if isinstance(value, complex) else (value,)
        if self.version > 1:
            self.put(binary, f'{len(pair)}d', *pair)
            return
        texts = [f'{part:.17g}'.encode() for part in pair]
        self.parts.append(textual + b''.join(bytes([len(text)]) + text for text in texts))

    def text(self, value):
        if self.version >= 4 and value.isascii():
            data = value.encode('ascii')
            self.put(b'z', 'B', len(data)) if len(data) < 256 else self.put(b'a', 'I', len(data))
        else:
            data = value.encode('utf-8', 'surrogatepass')
            self.put(b'u', 'I', len(data))
        self.parts.append(data)

    def container(self, value, kind):
        items = list(value)
        if kind is set or kind is frozenset:
            # The same bytes for the same set, whatever order it is in.
            items.sort(key=lambda item: dumps(item, self.version))
        if kind is tuple and self.version >= 4 and len(items) < 256:
            self.put(b')', 'B', len(items))
        else:
            self.put(_CONTAINERS[kind], 'I', len(items))
        for item in items:
            self.value(item)

    def buffer(self, value):
        try:
            data = bytes(memoryview(value))
        except TypeError:
            raise ValueError('unmarshallable object') from None
        self.put(b's', 'I', len(data))
        self.parts.append(data)


_missing = object()  # the end of a dict


class _Reader:
    def __init__(self, read):
        self.read = read
        self.depth = 0
        self.references = []

    def bytes(self, count):
        data = self.read(count)
        if len(data) < count:
            raise EOFError('marshal data too short')
        return data

    def unpack(self, form):
        values = struct.unpack('<' + form, self.bytes(struct.calcsize('<' + form)))
        return values[0] if len(values) == 1 else values

    def size(self, what):
        size = self.unpack('i')
        if size < 0:
            raise ValueError(f'bad marshal data ({what} size out of range)')
        return size

    def value(self):
        data = self.read(1)
        if not data:
            raise EOFError('EOF read where object expected')
        code, is_shared = data[0] & ~_REF, data[0] & _REF
        if code in _SINGLE_BYTES:
            return _SINGLE_BYTES[code]
        if code == ord('0'):
            return _missing
        reader = self._readers.get(code)
        if reader is None:
            raise ValueError('bad marshal data (unknown type code)')
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError('recursion limit exceeded')
        place = None
        if is_shared:
            place = len(self.references)
            self.references.append(_missing)
        value = reader(self, place)
        if place is not None:
            self.references[place] = value
        self.depth -= 1
        return value

    def item(self, what):
        value = self.value()
        if value is _missing:
            raise TypeError(f'NULL object in marshal data for {what}')
        return value

    def reference(self, place):
        number = self.unpack('I')
        if number >= len(self.references) or self.references[number] is _missing:
            raise ValueError('bad marshal data (invalid reference)')
        return self.references[number]

    def long(self, place):
        count = self.unpack('i')
        digits = self.unpack(f'{abs(count)}H') if count else ()
        digits = (digits,) if isinstance(digits, int) else digits
        if any(digit >> _DIGIT_BITS for digit in digits):
            raise ValueError('bad marshal data (digit out of range in long)')
        if digits and digits[-1] == 0:
            raise ValueError('bad marshal data (unnormalized long data)')
        value = sum(digit << (_DIGIT_BITS * i) for i, digit in enumerate(digits))
        return -value if count < 0 else value

    def float_text(self, place=None):
        return float(self.bytes(self.bytes(1)[0]).decode('ascii'))

    def short_text(self, place):
        return self.bytes(self.bytes(1)[0]).decode('latin-1')

    def list(self, place):
        count, items = self.size('list'), []
        if place is not None:
            self.references[place] = items
        for _ in range(count):
            items.append(self.item('list'))
        return items

    def set(self, place):
        count, items = self.size('set'), set()
        if place is not None:
            self.references[place] = items
        for _ in range(count):
            items.add(self.item('set'))
        return items

    def dict(self, place):
        items = {}
        if place is not None:
            self.references[place] = items
        while True:
            key = self.value()
            if key is _missing:
                return items
            value = self.value()
            if value is _missing:
                return items
            items[key] = value

    def tuple(self, count):
        return tuple([self.item('tuple') for _ in range(count)])

    _readers = {
        ord('i'): lambda self, place: self.unpack('i'),
        ord('l'): long,
        ord('g'): lambda self, place: self.unpack('d'),
        ord('f'): float_text,
        ord('y'): lambda self, place: complex(*self.unpack('2d')),
        ord('x'): lambda self, place: complex(self.float_text(), self.float_text()),
        ord('s'): lambda self, place: self.bytes(self.size('bytes object')),
        ord('u'): lambda self, place: self.bytes(self.size('string')).decode('utf-8', 'surrogatepass'),
        ord('t'): lambda self, place: self.bytes(self.size('string')).decode('utf-8', 'surrogatepass'),
        ord('a'): lambda self, place: self.bytes(self.size('string')).decode('latin-1'),
        ord('A'): lambda self, place: self.bytes(self.size('string')).decode('latin-1'),
        ord('z'): short_text,
        ord('Z'): short_text,
        ord('('): lambda self, place: self.tuple(self.size('tuple')),
        ord(')'): lambda self, place: self.tuple(self.bytes(1)[0]),
        ord('['): list,
        ord('<'): set,
        ord('>'): lambda self, place: frozenset([self.item('set') for _ in range(self.size('set'))]),
        ord('{'): dict,
        ord('r'): reference,
        ord('c'): lambda self, place: _imp.code_from_bytes(self.bytes(self.size('code'))),
    }


def dumps(value, version=version, /):
    """The bytes of the value. ValueError for an object that has no such form."""
    writer = _Writer(version)
    try:
        writer.value(value)
    except RecursionError:
        raise ValueError('object too deeply nested to marshal') from None
    return b''.join(writer.parts)


def dump(value, file, version=version, /):
    """Write the bytes of the value to a binary file."""
    return file.write(dumps(value, version))


def _read(read):
    try:
        value = _Reader(read).value()
    except RecursionError:
        raise ValueError('recursion limit exceeded') from None
    if value is _missing:
        raise TypeError('NULL object in marshal data for object')
    return value


def loads(bytes, /):
    """The value that the bytes begin with; what follows is passed over."""
    from io import BytesIO
    return _read(BytesIO(memoryview(bytes)).read)


def load(file, /):
    """The next value of a binary file."""
    def read(count):
        data = file.read(count)
        if not isinstance(data, bytes):
            raise TypeError(f'file.read() returned not bytes but {type(data).__name__}')
        return data

    return _read(read)

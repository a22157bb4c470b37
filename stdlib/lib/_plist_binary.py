"""The binary format of property lists, for plistlib.

A file is 'bplist00', the objects, a table of their offsets, and 32 bytes that say how wide offsets and references are,
how many objects there are, which is the outermost and where the table is. An object begins with a byte: its kind in
the high half, and its size, or the power of two of it, in the low one; 15 there means that the size follows as an
integer.
"""
import datetime
import struct
from plistlib import InvalidFileException, UID

_EPOCH = datetime.datetime(2001, 1, 1)
_TRAILER = struct.Struct('>6xBBQQQ')
_SCALARS = str, int, float, datetime.datetime, bytes
_SIMPLE = {0x00: None, 0x08: False, 0x09: True, 0x0f: b''}
_UNREAD = object()


def _width_for(number):
    """How many bytes a number needs: 1, 2, 4 or 8."""
    return next((width for width in (1, 2, 4) if number < 1 << 8 * width), 8)


class Reader:
    """Reads the objects of one file, each once, so that what is shared or contains itself stays so."""

    def __init__(self, dict_type):
        self.dict_type = dict_type

    def parse(self, file):
        try:
            self.file = file
            file.seek(-32, 2)
            trailer = file.read(32)
            if len(trailer) != 32:
                raise InvalidFileException()
            offset_width, self.ref_width, count, top, table = _TRAILER.unpack(trailer)
            file.seek(table)
            self.offsets = self.numbers(count, offset_width)
            self.objects = [_UNREAD] * count
            return self.object(top)
        except (OSError, IndexError, struct.error, OverflowError, ValueError):
            raise InvalidFileException() from None

    def take(self, size):
        """The next bytes. Memory is asked for as they come: the size may be a lie."""
        data = self.file.read(min(size, 1 << 20))
        while len(data) < size:
            more = self.file.read(min(size - len(data), len(data)))
            if not more:
                raise InvalidFileException()
            data += more
        return data

    def numbers(self, count, width):
        if not width:
            raise InvalidFileException()
        data = self.take(count * width)
        return [int.from_bytes(data[at:at + width], 'big') for at in range(0, len(data), width)]

    def size(self, low):
        if low != 15:
            return low
        width = 1 << (self.take(1)[0] & 3)
        return int.from_bytes(self.take(width), 'big')

    def object(self, ref):
        found = self.objects[ref]
        if found is not _UNREAD:
            return found
        self.file.seek(self.offsets[ref])
        token = self.take(1)[0]
        kind, low = token & 0xf0, token & 0x0f
        if kind == 0xa0:
            return self.array(ref, low)
        if kind == 0xd0:
            return self.dictionary(ref, low)
        self.objects[ref] = value = self.scalar(token, kind, low)
        return value

    def scalar(self, token, kind, low):
        if token in _SIMPLE:
            return _SIMPLE[token]
        if kind == 0x10:
            return int.from_bytes(self.take(1 << low), 'big', signed=low >= 3)
        if token == 0x22:
            return struct.unpack('>f', self.take(4))[0]
        if token == 0x23:
            return struct.unpack('>d', self.take(8))[0]
        if token == 0x33:
            return _EPOCH + datetime.timedelta(seconds=struct.unpack('>d', self.take(8))[0])
        if kind == 0x40:
            return self.take(self.size(low))
        if kind == 0x50:
            return self.take(self.size(low)).decode('ascii')
        if kind == 0x60:
            return self.take(2 * self.size(low)).decode('utf-16be')
        if kind == 0x80:
            return UID(int.from_bytes(self.take(low + 1), 'big'))
        raise InvalidFileException()

    def array(self, ref, low):
        refs = self.numbers(self.size(low), self.ref_width)
        self.objects[ref] = result = []
        result.extend(self.object(item) for item in refs)
        return result

    def dictionary(self, ref, low):
        size = self.size(low)
        keys = self.numbers(size, self.ref_width)
        values = self.numbers(size, self.ref_width)
        self.objects[ref] = result = self.dict_type()
        try:
            for key, value in zip(keys, values):
                result[self.object(key)] = self.object(value)
        except TypeError:
            raise InvalidFileException() from None
        return result


class Writer:
    """Gives every object a number, equal scalars the same, and writes them in that order."""

    def __init__(self, file, sort_keys, skipkeys):
        self.file, self.sort_keys, self.skipkeys = file, sort_keys, skipkeys

    def document(self, value):
        self.objects, self.refs = [], {}
        self.number(value)
        self.ref_width = _width_for(len(self.objects))
        self.file.write(b'bplist00')
        position, offsets = 8, []
        for item in self.objects:
            offsets.append(position)
            data = self.encoded(item)
            self.file.write(data)
            position += len(data)
        offset_width = _width_for(position)
        self.file.write(b''.join(offset.to_bytes(offset_width, 'big') for offset in offsets))
        self.file.write(_TRAILER.pack(offset_width, self.ref_width, len(offsets), 0, position))

    @staticmethod
    def identity(value):
        return (type(value), value) if isinstance(value, _SCALARS) else id(value)

    def number(self, value):
        identity = self.identity(value)
        if identity in self.refs:
            return
        self.refs[identity] = len(self.objects)
        self.objects.append(value)
        if isinstance(value, dict):
            items = self.items(value)
            for key, _ in items:
                self.number(key)
            for _, item in items:
                self.number(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self.number(item)

    def items(self, mapping):
        items = mapping.items()
        if self.sort_keys:
            items = sorted(items)
        kept = [item for item in items if isinstance(item[0], str)]
        if len(kept) < len(items) and not self.skipkeys:
            raise TypeError('keys must be strings')
        return kept

    def references(self, values):
        return b''.join(self.refs[self.identity(value)].to_bytes(self.ref_width, 'big') for value in values)

    @staticmethod
    def head(kind, size):
        if size < 15:
            return bytes([kind | size])
        width = _width_for(size)
        return bytes([kind | 15, 0x10 | width.bit_length() - 1]) + size.to_bytes(width, 'big')

    def encoded(self, value):
        if value is None or value is False or value is True:
            return {None: b'\0', False: b'\x08', True: b'\x09'}[value]
        if isinstance(value, int):
            return self.integer(value)
        if isinstance(value, float):
            return struct.pack('>Bd', 0x23, value)
        if isinstance(value, datetime.datetime):
            return struct.pack('>Bd', 0x33, (value - _EPOCH).total_seconds())
        if isinstance(value, (bytes, bytearray)):
            return self.head(0x40, len(value)) + value
        if isinstance(value, str):
            if value.isascii():
                return self.head(0x50, len(value)) + value.encode('ascii')
            data = value.encode('utf-16be')
            return self.head(0x60, len(data) // 2) + data
        if isinstance(value, UID):
            if value.data < 0:
                raise ValueError('UIDs must be positive')
            width = _width_for(value.data)
            return bytes([0x80 | width - 1]) + value.data.to_bytes(width, 'big')
        if isinstance(value, (list, tuple)):
            return self.head(0xa0, len(value)) + self.references(value)
        if isinstance(value, dict):
            items = self.items(value)
            return (self.head(0xd0, len(items)) + self.references(key for key, _ in items) +
                    self.references(item for _, item in items))
        raise TypeError(value)

    @staticmethod
    def integer(value):
        if not -1 << 63 <= value < 1 << 64:
            raise OverflowError(value)
        width = 8 if value < 0 else 16 if value >> 63 else _width_for(value)
        return bytes([0x10 | width.bit_length() - 1]) + value.to_bytes(width, 'big', signed=value < 0)

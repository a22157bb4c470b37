"""XDR (RFC 1014): numbers and texts as Sun's remote calls send them, in units of four bytes, the big end first."""
import struct
import warnings
from io import BytesIO

warnings._deprecated(__name__, remove=(3, 13))

__all__ = ['Error', 'Packer', 'Unpacker', 'ConversionError']


class Error(Exception):
    """Something cannot be packed or unpacked; why is in msg."""

    def __init__(self, msg):
        self.msg = msg

    def __repr__(self):
        return repr(self.msg)

    def __str__(self):
        return str(self.msg)


class ConversionError(Error):
    """A value does not fit into its kind."""


def _packing(form, name):
    """A method that packs a number."""
    def pack(self, x):
        try:
            self._file.write(struct.pack(form, x))
        except struct.error as problem:
            raise ConversionError(problem.args[0]) from None
    pack.__name__ = name
    return pack


class Packer:
    """Packs values, one after the other."""

    def __init__(self):
        self.reset()

    def reset(self):
        self._file = BytesIO()

    def get_buffer(self):
        """What has been packed."""
        return self._file.getvalue()

    get_buf = get_buffer

    pack_uint = _packing('>L', 'pack_uint')
    pack_int = pack_enum = _packing('>l', 'pack_int')
    pack_float = _packing('>f', 'pack_float')
    pack_double = _packing('>d', 'pack_double')

    def pack_bool(self, x):
        self.pack_uint(1 if x else 0)

    def _halves(self, x, pack_high):
        try:
            pack_high(x >> 32 & 0xFFFF_FFFF)
            self.pack_uint(x & 0xFFFF_FFFF)
        except (TypeError, struct.error) as problem:
            raise ConversionError(problem.args[0]) from None

    def pack_uhyper(self, x):
        """A number of 64 bits."""
        self._halves(x, self.pack_uint)

    pack_hyper = pack_uhyper

    def pack_fstring(self, n, s):
        """So many bytes, filled up to whole units."""
        if n < 0:
            raise ValueError('fstring size must be nonnegative')
        self._file.write(s[:n] + bytes(-n % 4))

    pack_fopaque = pack_fstring

    def pack_string(self, s):
        """Bytes with their number before them."""
        self.pack_uint(len(s))
        self.pack_fstring(len(s), s)

    pack_opaque = pack_bytes = pack_string

    def pack_list(self, list, pack_item):
        """Items with a 1 before each, and a 0 behind the last."""
        for item in list:
            self.pack_uint(1)
            pack_item(item)
        self.pack_uint(0)

    def pack_farray(self, n, list, pack_item):
        """So many items."""
        if len(list) != n:
            raise ValueError('wrong array size')
        for item in list:
            pack_item(item)

    def pack_array(self, list, pack_item):
        """Items with their number before them."""
        self.pack_uint(len(list))
        self.pack_farray(len(list), list, pack_item)


def _unpacking(form, size, name):
    """A method that unpacks a number."""
    def unpack(self):
        start, self._pos = self._pos, self._pos + size
        data = self._data[start:self._pos]
        if len(data) < size:
            raise EOFError
        return struct.unpack(form, data)[0]
    unpack.__name__ = name
    return unpack


class Unpacker:
    """Unpacks what a Packer has packed. The kinds of values are not in the data: one has to know them."""

    def __init__(self, data):
        self.reset(data)

    def reset(self, data):
        self._data, self._pos = data, 0

    def get_position(self):
        return self._pos

    def set_position(self, position):
        self._pos = position

    def get_buffer(self):
        return self._data

    def done(self):
        """Raises Error if something is left."""
        if self._pos < len(self._data):
            raise Error('unextracted data remains')

    unpack_uint = _unpacking('>L', 4, 'unpack_uint')
    unpack_int = unpack_enum = _unpacking('>l', 4, 'unpack_int')
    unpack_float = _unpacking('>f', 4, 'unpack_float')
    unpack_double = _unpacking('>d', 8, 'unpack_double')

    def unpack_bool(self):
        return bool(self.unpack_int())

    def unpack_uhyper(self):
        return self.unpack_uint() << 32 | self.unpack_uint()

    def unpack_hyper(self):
        number = self.unpack_uhyper()
        return number - (1 << 64) if number >> 63 else number

    def unpack_fstring(self, n):
        if n < 0:
            raise ValueError('fstring size must be nonnegative')
        start, end = self._pos, self._pos + n + -n % 4
        if end > len(self._data):
            raise EOFError
        self._pos = end
        return self._data[start:start + n]

    unpack_fopaque = unpack_fstring

    def unpack_string(self):
        return self.unpack_fstring(self.unpack_uint())

    unpack_opaque = unpack_bytes = unpack_string

    def unpack_list(self, unpack_item):
        items = []
        while mark := self.unpack_uint():
            if mark != 1:
                raise ConversionError(f'0 or 1 expected, got {mark!r}')
            items.append(unpack_item())
        return items

    def unpack_farray(self, n, unpack_item):
        return [unpack_item() for _ in range(n)]

    def unpack_array(self, unpack_item):
        return self.unpack_farray(self.unpack_uint(), unpack_item)

"""Row: a row whose values have names; and Blob: a value of a table as a file."""
import os

from sqlite3._errors import ProgrammingError


def _class_name(value):
    kind = type(value)
    return f'sqlite3.{kind.__name__}' if kind.__module__ == 'sqlite3' else kind.__name__


class Row:
    """A row as a sequence, and by the names of its columns (in any case); for Connection.row_factory."""

    __slots__ = ('_values', '_description')

    def __new__(cls, cursor, data, /):
        from sqlite3._cursor import Cursor
        if not issubclass(type(cursor), Cursor):
            raise TypeError(f'Row() argument 1 must be sqlite3.Cursor, not {_class_name(cursor)}')
        if not isinstance(data, tuple):
            raise TypeError(f'Row() argument 2 must be tuple, not {_class_name(data)}')
        self = super().__new__(cls)
        self._values, self._description = data, cursor.description
        return self

    def __init__(self, cursor, data, /):
        pass

    def keys(self):
        """The names of the columns."""
        return [column[0] for column in self._description or ()]

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __getitem__(self, key):
        if isinstance(key, str):
            wanted = _folded(key)
            for place, column in enumerate(self._description or ()):
                if column[0] == key or _folded(column[0]) == wanted:
                    return self._values[place]
            raise IndexError('No item with that key')
        if isinstance(key, (int, slice)):
            return self._values[key]
        raise IndexError('Index must be int or string')

    def __hash__(self):
        return hash(self._description) ^ hash(self._values)

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return self._description == other._description and self._values == other._values


def _folded(name):
    # Only ASCII has one case in SQL.
    return name.lower() if name.isascii() else ''.join(c.lower() if c.isascii() else c for c in name)


_INDEX_LIMIT = 1 << 63


def _plain_bytes(data):
    """The bytes of an object; a view of every other byte is no place that SQLite can read."""
    view = memoryview(data)
    if not view.c_contiguous:
        raise BufferError('memoryview: underlying buffer is not C-contiguous')
    return bytes(view)


class Blob:
    """A value of a table, open as a file of fixed length."""

    def __init__(self, *args, **kwargs):
        raise TypeError("cannot create 'sqlite3.Blob' instances")

    @classmethod
    def _of(cls, connection, native):
        self = cls.__new__(cls)
        self._connection, self._native, self._place = connection, native, 0
        return self

    def _check(self):
        self._connection._check()
        if self._native is None:
            raise ProgrammingError('Cannot operate on a closed blob.')

    def close(self):
        """Closes it."""
        self._connection._check()
        if self._native is not None:
            self._native.close()
        self._native = None

    def read(self, length=-1, /):
        """So many bytes from where we are; all with a negative number."""
        self._check()
        left = self._native.length() - self._place
        if length < 0 or length > left:
            length = left
        if length == 0:
            return b''
        data = self._native.read(self._place, length)
        self._place += length
        return data

    def write(self, data, /):
        """Puts bytes where we are; the length stays what it is."""
        self._check()
        data = _plain_bytes(data)
        count = len(data)
        if count > self._native.length() - self._place:
            raise ValueError('data longer than blob length')
        self._native.write(self._place, data)
        self._place += count

    def tell(self):
        """Where we are."""
        self._check()
        return self._place

    def seek(self, offset, origin=0, /):
        """Goes to another place."""
        self._check()
        length = self._native.length()
        starts = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: length}
        if origin not in starts:
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        if offset > 0x7fffffff - starts[origin]:
            raise OverflowError('seek offset results in overflow')
        place = starts[origin] + offset
        if not 0 <= place <= length:
            raise ValueError('offset out of blob range')
        self._place = place

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, val, tb, /):
        self._check()
        self.close()
        return False

    def __len__(self):
        self._check()
        return self._native.length()

    def _index(self, key):
        place = key.__index__()
        if not -_INDEX_LIMIT <= place < _INDEX_LIMIT:
            raise IndexError(f"cannot fit '{type(key).__name__}' into an index-sized integer")
        length = self._native.length()
        if place < 0:
            place += length
        if not 0 <= place < length:
            raise IndexError('Blob index out of range')
        return place

    def __getitem__(self, key, /):
        self._check()
        if isinstance(key, slice):
            start, stop, step = key.indices(self._native.length())
            if step == 1:
                return self._native.read(start, stop - start) if stop > start else b''
            return self._native.read(0, self._native.length())[key]
        if not hasattr(key, '__index__'):
            raise TypeError('Blob indices must be integers')
        return self._native.read(self._index(key), 1)[0]

    def __setitem__(self, key, value, /):
        self._check()
        if isinstance(key, slice):
            self._set_slice(key, value)
            return
        if not hasattr(key, '__index__'):
            raise TypeError('Blob indices must be integers')
        place = self._index(key)
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if not 0 <= value < 256:
            raise ValueError('byte must be in range(0, 256)')
        self._native.write(place, bytes((value,)))

    def _set_slice(self, key, value):
        start, stop, step = key.indices(self._native.length())
        data = _plain_bytes(value)
        if len(data) != len(range(start, stop, step)):
            raise IndexError('Blob slice assignment is wrong size')
        if not data:
            return
        if step == 1:
            self._native.write(start, data)
            return
        whole = bytearray(self._native.read(0, self._native.length()))
        whole[key] = data
        self._native.write(0, whole)

    def __delitem__(self, key, /):
        self._check()
        if isinstance(key, slice):
            raise TypeError("Blob doesn't support slice deletion")
        raise TypeError("Blob doesn't support item deletion")

    __iter__ = None


Row.__module__ = Blob.__module__ = 'sqlite3'

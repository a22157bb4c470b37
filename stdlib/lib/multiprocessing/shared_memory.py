"""Named shared memory, and a list that lives in it."""
import mmap
import os
import struct
import types
import _posixshmem

__all__ = ['SharedMemory', 'ShareableList']

_FLAGS = os.O_CREAT | os.O_EXCL
_USE_POSIX = True
_SHM_NAME_PREFIX = '/psm_'


def _make_filename():
    """A name that hardly anybody uses yet."""
    return _SHM_NAME_PREFIX + os.urandom(4).hex()


class SharedMemory:
    """A block of memory that other processes find by its name."""

    _name = None
    _fd = -1
    _mmap = None
    _buf = None
    _flags = os.O_RDWR
    _mode = 0o600
    _prepend_leading_slash = True

    def __init__(self, name=None, create=False, size=0):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create:
            self._flags = _FLAGS | os.O_RDWR
            if size == 0:
                raise ValueError("'size' must be a positive number different from zero")
        if name is None and not self._flags & os.O_EXCL:
            raise ValueError("'name' can only be None if create=True")
        if name is None:
            while True:
                name = _make_filename()
                try:
                    self._fd = _posixshmem.shm_open(name, self._flags, mode=self._mode)
                except FileExistsError:
                    continue
                break
        else:
            name = '/' + name
            self._fd = _posixshmem.shm_open(name, self._flags, mode=self._mode)
        self._name = name
        try:
            if create:
                os.ftruncate(self._fd, size)
            size = os.fstat(self._fd).st_size
            self._mmap = mmap.mmap(self._fd, size)
        except OSError:
            self.unlink()
            raise
        from .resource_tracker import register
        register(self._name, 'shared_memory')
        self._size = size
        self._buf = memoryview(self._mmap)

    def __del__(self):
        try:
            self.close()
        except (OSError, BufferError):
            pass

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f'{type(self).__name__}({self.name!r}, size={self.size})'

    @property
    def buf(self):
        """A view of the memory."""
        return self._buf

    @property
    def name(self):
        """The name under which others find it."""
        return self._name[1:] if self._name.startswith('/') else self._name

    @property
    def size(self):
        """The size in bytes."""
        return self._size

    def close(self):
        """This process does not use it any more."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None
        if self._mmap is not None:
            self._mmap.close()
            self._mmap = None
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def unlink(self):
        """Remove the name: the memory goes when the last process has closed it."""
        if self._name:
            from .resource_tracker import unregister
            _posixshmem.shm_unlink(self._name)
            unregister(self._name, 'shared_memory')


class ShareableList:
    """A list of fixed length in shared memory: of ints, floats, bools, short texts and bytes, and None.

    The block holds the number of items, where each begins, the struct format of each, the kind that it was put in as, and the
    items themselves.
    """

    # Kinds of items.
    _PLAIN, _TEXT, _BYTES, _NONE = 0, 1, 2, 3

    def __init__(self, sequence=None, *, name=None):
        if name is None or sequence is not None:
            items = list(sequence or ())
            formats = [self._format_of(item) for item in items]
            offsets = [0]
            for one in formats:
                size = int(one[:-1]) if one[-1] == 's' else 8
                offsets.append(offsets[-1] + size)
            self._list_len = len(items)
            header = 8 + 8 * (len(items) + 1) + 9 * len(items)
            self.shm = SharedMemory(name, create=True, size=header + offsets[-1] + 8)
            struct.pack_into('q', self.shm.buf, 0, len(items))
            struct.pack_into(f'{len(offsets)}q', self.shm.buf, 8, *offsets)
            self._load_offsets()
            for i, (item, one) in enumerate(zip(items, formats)):
                self._store(i, item, one)
        else:
            self.shm = SharedMemory(name)
            self._list_len, = struct.unpack_from('q', self.shm.buf, 0)
            self._load_offsets()

    def _load_offsets(self):
        count = self._list_len
        self._offsets = struct.unpack_from(f'{count + 1}q', self.shm.buf, 8)
        self._formats_at = 8 + 8 * (count + 1)
        self._kinds_at = self._formats_at + 8 * count
        self._data_at = self._kinds_at + count

    @staticmethod
    def _format_of(item):
        if isinstance(item, (str, bytes)):
            # Room for as many bytes as there are characters, and one more; at least for all bytes.
            data = item.encode() if isinstance(item, str) else item
            return f'{8 * max(len(item) // 8 + 1, (len(data) + 7) // 8)}s'
        if isinstance(item, bool):
            return 'xxxxxxx?'
        if isinstance(item, int):
            return 'q'
        if isinstance(item, float):
            return 'd'
        if item is None:
            return 'xxxxxx?x'
        raise KeyError(type(item))

    def _kind_of(self, item):
        if isinstance(item, str):
            return self._TEXT
        if isinstance(item, bytes):
            return self._BYTES
        return self._NONE if item is None else self._PLAIN

    def _store(self, position, item, format):
        struct.pack_into('8s', self.shm.buf, self._formats_at + 8 * position, format.encode())
        self.shm.buf[self._kinds_at + position] = self._kind_of(item)
        place = self._data_at + self._offsets[position]
        if isinstance(item, str):
            item = item.encode()
        struct.pack_into(format, self.shm.buf, place, False if item is None else item)

    def _get_packing_format(self, position):
        text, = struct.unpack_from('8s', self.shm.buf, self._formats_at + 8 * position)
        return text.rstrip(b'\0').decode()

    def _position(self, position, message):
        position = position if position >= 0 else position + self._list_len
        if not 0 <= position < self._list_len:
            raise IndexError(message)
        return position

    def __getitem__(self, position):
        position = self._position(position, 'index out of range')
        format = self._get_packing_format(position)
        item, = struct.unpack_from(format, self.shm.buf, self._data_at + self._offsets[position])
        kind = self.shm.buf[self._kinds_at + position]
        if kind == self._TEXT:
            return item.rstrip(b'\0').decode()
        if kind == self._BYTES:
            return item.rstrip(b'\0')
        return None if kind == self._NONE else item

    def __setitem__(self, position, value):
        position = self._position(position, 'assignment index out of range')
        room = self._offsets[position + 1] - self._offsets[position]
        format = self._format_of(value)
        if isinstance(value, (str, bytes)):
            size = len(value.encode() if isinstance(value, str) else value)
            if size > room:
                raise ValueError('bytes/str item exceeds available storage')
            format = f'{room}s'
        self._store(position, value, format)

    def __reduce__(self):
        return _open_list, (self.shm.name,)

    def __len__(self):
        return self._list_len

    def __repr__(self):
        return f'{type(self).__name__}({list(self)}, name={self.shm.name!r})'

    def __iter__(self):
        for position in range(self._list_len):
            yield self[position]

    @property
    def format(self):
        """The struct formats of all items."""
        return ''.join(self._get_packing_format(i) for i in range(self._list_len))

    def count(self, value):
        """How many items are equal to value."""
        return sum(value == item for item in self)

    def index(self, value):
        """The first position of value; ValueError when it is not there."""
        for position, item in enumerate(self):
            if value == item:
                return position
        raise ValueError("ShareableList.index(x): x not in list")

    __class_getitem__ = classmethod(types.GenericAlias)


def _open_list(name):
    return ShareableList(name=name)

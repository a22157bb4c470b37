"""Values and arrays in shared memory. Their types are named by the codes of the module array, or are types of ctypes.

Each is a view of a block of shared memory: what one process writes, the others read. Those of ctypes are its own objects,
laid over such a block; the module is imported only when they are asked for.
"""
from . import heap
from .context import assert_spawning, reduction, _default_context

__all__ = ['RawValue', 'RawArray', 'Value', 'Array', 'copy', 'synchronized']

_CODES = 'cbBhHiIlLqQfd?u'


def _code_of(typecode_or_type):
    if isinstance(typecode_or_type, str) and len(typecode_or_type) == 1 and typecode_or_type in _CODES:
        return 'I' if typecode_or_type == 'u' else typecode_or_type
    raise TypeError('this type has no size')


def _size_of(code):
    return memoryview(bytes(8)).cast(code).itemsize


class _Raw:
    # The block, and the code of the items in it.
    def _open(self, wrapper, code, length, text):
        self._wrapper, self._code, self._length, self._text = wrapper, code, length, text
        self._view = wrapper.create_memoryview().cast(code)

    def __reduce__(self):
        assert_spawning(self)
        return _rebuild, (type(self), self._wrapper, self._code, self._length, self._text)


def _rebuild(cls, wrapper, code, length, text):
    obj = cls.__new__(cls)
    obj._open(wrapper, code, length, text)
    return obj


class _RawValue(_Raw):
    """One item; `value` is what it holds."""

    @property
    def value(self):
        item = self._view[0]
        return chr(item) if self._text else item

    @value.setter
    def value(self, item):
        self._view[0] = ord(item) if self._text else _fit(self._code, item)

    def __repr__(self):
        return f'<{self._code!r} value {self.value!r}>'


class _RawArray(_Raw):
    """A fixed number of items."""

    def __len__(self):
        return self._length

    def _out(self, item):
        return chr(item) if self._text else item

    def _in(self, item):
        return ord(item) if self._text else _fit(self._code, item)

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self._view[i] for i in range(*index.indices(self._length))]
            if self._code == 'c':
                return b''.join(items)
            return ''.join(map(chr, items)) if self._text else items
        try:
            return self._out(self._view[index if index >= 0 else index + self._length])
        except IndexError:
            raise IndexError('invalid index') from None

    def __setitem__(self, index, item):
        if isinstance(index, slice):
            places = range(*index.indices(self._length))
            if self._code == 'c':
                item = [item[i:i + 1] for i in range(len(item))]
            item = list(item)
            if len(item) != len(places):
                raise ValueError('Can only assign sequence of same size')
            for place, one in zip(places, item):
                self._view[place] = self._in(one)
            return
        if not -self._length <= index < self._length:
            raise IndexError('invalid index')
        self._view[index] = self._in(item)

    def __iter__(self):
        for i in range(self._length):
            yield self[i]

    @property
    def raw(self):
        return bytes(self._view)

    @raw.setter
    def raw(self, data):
        self._view.cast('B')[:len(data)] = data

    @property
    def value(self):
        if self._code != 'c':
            raise AttributeError('value')
        return bytes(self._view).partition(b'\0')[0]

    @value.setter
    def value(self, data):
        if len(data) > self._length:
            raise ValueError('byte string too long')
        self.raw = data + (b'\0' if len(data) < self._length else b'')


def _fit(code, item):
    # As C does it: what is too large for the type loses its upper bits.
    if code in 'fd':
        return float(item)
    if code == 'c':
        return item
    if code == '?':
        return bool(item)
    if isinstance(item, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    bits = 8 * _size_of(code)
    item = item.__index__() & ((1 << bits) - 1)
    if code.islower() and item >> (bits - 1):
        item -= 1 << bits
    return item


def _new(cls, code, length, text):
    obj = cls.__new__(cls)
    wrapper = heap.BufferWrapper(max(length, 1) * _size_of(code))
    obj._open(wrapper, code, length, text)
    if length * obj._view.itemsize != obj._view.nbytes:
        obj._view = obj._view[:length]
    obj._view.cast('B')[:] = bytes(obj._view.nbytes)
    return obj


# --- types of ctypes ---

def _is_ctype(typecode_or_type):
    if not isinstance(typecode_or_type, type):
        return False
    import ctypes
    try:
        ctypes.sizeof(typecode_or_type)
    except TypeError:
        return False
    return True


def _over_block(kind, wrapper, length=None):
    """The object of that type (or array of so many) whose memory is the block."""
    if length is not None:
        kind *= length
    reduction.ForkingPickler.register(kind, _reduce_ctype)
    obj = kind.from_buffer(wrapper.create_memoryview())
    obj._wrapper = wrapper
    return obj


def _reduce_ctype(obj):
    import ctypes
    assert_spawning(obj)
    if isinstance(obj, ctypes.Array):
        return _over_block, (obj._type_, obj._wrapper, obj._length_)
    return _over_block, (type(obj), obj._wrapper)


def _new_ctype(kind):
    import ctypes
    wrapper = heap.BufferWrapper(ctypes.sizeof(kind))
    wrapper.create_memoryview().cast('B')[:] = bytes(ctypes.sizeof(kind))
    return _over_block(kind, wrapper)


_synchronized_types = {}


def _synchronized_ctype(obj, lock, ctx):
    """A ctypes object with a lock: of a structure, each field is read and written under it."""
    import ctypes
    if isinstance(obj, ctypes._SimpleCData):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, ctypes.Array):
        return (SynchronizedString if obj._type_ is ctypes.c_char else SynchronizedArray)(obj, lock, ctx)
    kind = type(obj)
    if kind not in _synchronized_types:
        _synchronized_types[kind] = type(f'Synchronized{kind.__name__}', (SynchronizedBase,),
                                         {name: _locked(name) for name, *_ in kind._fields_})
    return _synchronized_types[kind](obj, lock, ctx)


def RawValue(typecode_or_type, *args):
    """A value in shared memory, without a lock."""
    if _is_ctype(typecode_or_type):
        obj = _new_ctype(typecode_or_type)
        obj.__init__(*args)
        return obj
    obj = _new(_RawValue, _code_of(typecode_or_type), 1, typecode_or_type == 'u')
    if args:
        obj.value = args[0]
    return obj


def RawArray(typecode_or_type, size_or_initializer):
    """An array in shared memory, without a lock: of zeros, or of the items of a sequence."""
    if _is_ctype(typecode_or_type):
        if isinstance(size_or_initializer, int):
            return _new_ctype(typecode_or_type * size_or_initializer)
        obj = _new_ctype(typecode_or_type * len(size_or_initializer))
        obj.__init__(*size_or_initializer)
        return obj
    code = _code_of(typecode_or_type)
    text = typecode_or_type == 'u'
    if isinstance(size_or_initializer, int):
        if size_or_initializer < 0:
            raise ValueError('Array length must be >= 0')
        return _new(_RawArray, code, size_or_initializer, text)
    obj = _new(_RawArray, code, len(size_or_initializer), text)
    obj[:] = size_or_initializer
    return obj


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """A value in shared memory, with a lock unless lock=False."""
    obj = RawValue(typecode_or_type, *args)
    return obj if lock is False else synchronized(obj, _lock_for(lock, ctx), ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """An array in shared memory, with a lock unless lock=False."""
    obj = RawArray(typecode_or_type, size_or_initializer)
    return obj if lock is False else synchronized(obj, _lock_for(lock, ctx), ctx)


def _lock_for(lock, ctx):
    if lock in (True, None):
        return (ctx or _default_context.get_context()).RLock()
    if not hasattr(lock, 'acquire'):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return lock


def copy(obj):
    """A copy in a block of its own."""
    if not isinstance(obj, _Raw):
        import ctypes
        new = _new_ctype(type(obj))
        ctypes.memmove(ctypes.addressof(new), ctypes.addressof(obj), ctypes.sizeof(obj))
        return new
    new = _new(type(obj), obj._code, obj._length, obj._text)
    new._view.cast('B')[:] = obj._view.cast('B')
    return new


def synchronized(obj, lock=None, ctx=None):
    """The value or array with a lock around each access."""
    assert not isinstance(obj, SynchronizedBase), 'object already synchronized'
    if not isinstance(obj, _Raw):
        return _synchronized_ctype(obj, lock, ctx)
    if isinstance(obj, _RawValue):
        return Synchronized(obj, lock, ctx)
    if obj._code == 'c':
        return SynchronizedString(obj, lock, ctx)
    return SynchronizedArray(obj, lock, ctx)


class SynchronizedBase:
    """A value or array and its lock."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or _default_context.get_context()).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """The value or array without the lock."""
        return self._obj

    def get_lock(self):
        """The lock."""
        return self._lock

    def __repr__(self):
        return '<%s wrapper for %s>' % (type(self).__name__, self._obj)


def _locked(name):
    def get(self):
        with self:
            return getattr(self._obj, name)

    def set(self, value):
        with self:
            setattr(self._obj, name, value)
    return property(get, set)


class Synchronized(SynchronizedBase):
    """A value with a lock."""

    value = _locked('value')


class SynchronizedArray(SynchronizedBase):
    """An array with a lock."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self:
            self._obj[i] = value

    def __getslice__(self, start, stop):
        with self:
            return self._obj[start:stop]

    def __setslice__(self, start, stop, values):
        with self:
            self._obj[start:stop] = values


class SynchronizedString(SynchronizedArray):
    """An array of bytes with a lock."""

    value = _locked('value')
    raw = _locked('raw')

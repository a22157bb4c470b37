"""C data: what every class of ctypes can do, and the simple types (one number, character or pointer).

An object of such a class is a piece of C memory (_ffi.Memory). The class says by its `_layout` what lies there; it reads
and writes a value at an offset of any memory by `_get` and `_set`, which fields, items and results are made of. What must
live as long as the memory points to it (a text behind a char *) is kept in `_objects` of the object that owns the memory.
"""
import struct
import sys
import weakref

import _ffi
from _ffi import address_of, load, put, store, take

LETTERS = 'cbBhHiIlLdfuzZqQPXOv?g'


class ArgumentError(Exception):
    """An argument of a C function that cannot be converted."""


ArgumentError.__module__ = 'ctypes'


class Layout:
    """Size and alignment in bytes, libffi's description, and what a memoryview shows: items of a format in a shape."""

    __slots__ = ('size', 'alignment', 'ffi', 'format', 'item_size', 'shape', 'shown')

    def __init__(self, size, alignment, ffi, format='B', item_size=None, shape=()):
        self.size, self.alignment, self.ffi, self.format, self.shape = size, alignment, ffi, format, shape
        self.item_size = size if item_size is None else item_size
        self.shown = format.encode() + b'\0', self.item_size, struct.pack(f'{len(shape)}q', *shape)

    def format_with_shape(self):
        """The format of a part: arrays have their lengths before it."""
        return f'({",".join(map(str, self.shape))}){self.format}' if self.shape else self.format


def layout_of(cls, refusal='abstract class'):
    layout = getattr(cls, '_layout', None)
    if layout is None:
        raise TypeError(refusal)
    return layout


def place(cls, address, owner):
    """An object of the class at an address; the owner lives as long as it."""
    layout = layout_of(cls)
    made = _ffi.at(cls, address, layout.size, owner)
    _ffi.describe(made, layout.shown)
    return made


def copied(data):
    """Memory of its own with these bytes."""
    memory = _ffi.allocate(_ffi.Memory, len(data))
    put(memory, 0, data)
    return memory


def name_of_type(value):
    return type(value).__name__


class CDataType(type):
    """The class of all classes of C data."""

    _layout = None

    def __mul__(cls, length):
        from _ctypes_aggregates import array_type
        return array_type(cls, length, sys._getframe(1).f_globals.get('__name__'))

    __rmul__ = __mul__

    def from_address(cls, address, /):
        """An object at an address, which the program answers for."""
        if not isinstance(address, int):
            raise TypeError('integer expected')
        return place(cls, address, None)

    def from_buffer(cls, source, offset=0, /):
        """An object that shares the memory of a writable buffer."""
        view = memoryview(source)
        if view.readonly:
            raise TypeError('underlying buffer is not writable')
        if not view.c_contiguous:
            raise TypeError('underlying buffer is not C contiguous')
        cls._check_room(view.nbytes, offset)
        made = place(cls, address_of(view) + offset, view)
        made._objects = {'ffffffff': view}
        return made

    def from_buffer_copy(cls, source, offset=0, /):
        """An object with a copy of the bytes of a buffer."""
        data = bytes(memoryview(source))
        cls._check_room(len(data), offset)
        made = cls._blank()
        put(made, 0, data[offset:offset + layout_of(cls).size])
        return made

    def _check_room(cls, room, offset):
        size = layout_of(cls).size
        if offset < 0:
            raise ValueError('offset cannot be negative')
        if room < offset + size:
            raise ValueError(f'Buffer size too small ({room} instead of at least {size + offset} bytes)')

    def in_dll(cls, library, name, /):
        """The object that a library exports under a name."""
        layout_of(cls)
        try:
            address = _ffi.dlsym(library._handle, name.encode())
        except OSError as problem:
            raise ValueError(str(problem)) from None
        return place(cls, address, library)

    def from_param(cls, value, /):
        """What is passed for a value, where a parameter is of this class."""
        if isinstance(value, cls):
            return value
        layout_of(cls)
        kind = getattr(cls, '_type_', None)
        if isinstance(value, Argument) and isinstance(kind, CDataType) and isinstance(value._obj, kind):
            return value
        if hasattr(value, '_as_parameter_'):
            return cls.from_param(value._as_parameter_)
        raise TypeError(f'expected {cls.__name__} instance instead of {name_of_type(value)}')

    def _blank(cls):
        """An object of its own, all zeros, whose __init__ was not called."""
        layout = layout_of(cls)
        made = _ffi.allocate(cls, layout.size)
        _ffi.describe(made, layout.shown)
        return made

    def _get(cls, memory, offset):
        """What a program sees of an object of this class that is part of another."""
        return place(cls, memory._address_ + offset, memory)

    def _set(cls, memory, offset, value):
        """Write a value there; what has to be kept alive for it, or None."""
        if isinstance(value, cls):
            put(memory, offset, take(value, 0, cls._layout.size))
            return {} if value._objects is None else value._objects
        if isinstance(value, tuple) and cls._takes_tuples:
            try:
                made = cls(*value)
            except Exception as problem:
                raise RuntimeError(f'({cls.__name__}) {type(problem).__name__}: {problem}') from problem
            return cls._set(memory, offset, made)
        if hasattr(cls, '_fields_'):
            raise TypeError(f'expected {cls.__name__} instance, got {name_of_type(value)}')
        raise TypeError(f'incompatible types, {name_of_type(value)} instance instead of {cls.__name__} instance')

    _takes_tuples = False


class Argument(_ffi.Memory):
    """A value made for one parameter of a call: a number in C's form, or a pointer with what it points to (`_obj`)."""

    def __repr__(self):
        letter = self._letter
        if letter in 'zZP':
            return f"<cparam '{letter}' ({load(self, 0, 'P') or 0:#x})>"
        if letter in 'bBhHiIlLfdc':
            value = load(self, 0, letter)
            return f"<cparam '{letter}' ({repr(value)[1:] if letter == 'c' else value})>"
        return f"<cparam '{letter}' at {id(self):#x}>"


Argument.__name__ = Argument.__qualname__ = 'CArgObject'


def argument(letter, ffi, obj):
    made = _ffi.allocate(Argument, 16)
    made._letter, made._ffi, made._obj = letter, ffi, obj
    return made


def pointer_argument(letter, address, obj=None, kept=None):
    """A pointer for a call; what is kept lives as long as it."""
    made = argument(letter, _POINTER, obj)
    store(made, 0, 'P', address)
    made._kept = kept
    return made


_POINTER = _ffi.simple_type('P')


class _CData(_ffi.Memory, metaclass=CDataType):
    """C data of any kind."""

    __module__ = '_ctypes'
    _objects = None
    _b_index = None

    def __new__(cls, *args, **kwargs):
        return cls._blank()

    def __hash__(self):
        raise TypeError('unhashable type')

    def __ctypes_from_outparam__(self):
        return self

    def __reduce__(self):
        self._refuse_pointers()
        return _rebuilt, (type(self), bytes(take(self, 0, self._bytes_)), self.__dict__ or None)

    def _refuse_pointers(self):
        if _holds_pointers(type(self)):
            raise ValueError('ctypes objects containing pointers cannot be pickled')

    def _keep(self, key, what):
        """Keep something alive for as long as the memory: in the object that owns it, under the way to the place."""
        target = self
        while isinstance(target._b_base_, _CData):
            if target._b_index is not None:
                key = f'{key}:{target._b_index}'
            target = target._b_base_
        if not isinstance(target._objects, dict):
            target._objects = {}
        if what is None:
            target._objects.pop(key, None)
        else:
            target._objects[key] = what


def _holds_pointers(cls):
    kind = getattr(cls, '_type_', None)
    if isinstance(kind, str):
        return kind in 'zZPO'
    if kind is not None:
        return not hasattr(cls, '_length_') or _holds_pointers(kind)
    return any(_holds_pointers(field[1]) for field in getattr(cls, '_fields_', ())) or hasattr(cls, '_flags_')


def _rebuilt(cls, data, attributes):
    made = cls._blank()
    put(made, 0, data)
    if attributes:
        made.__dict__.update(attributes)
    return made


# --- simple types ---

def _set_number(memory, offset, letter, value):
    store(memory, offset, letter, value)


def _set_character(memory, offset, letter, value):
    if isinstance(value, (bytes, bytearray)) and len(value) == 1:
        value = value[0]
    elif not isinstance(value, int) or not 0 <= value < 256:
        raise TypeError('one character bytes, bytearray or integer expected')
    store(memory, offset, 'B', value)


def _set_wide_character(memory, offset, letter, value):
    if not isinstance(value, str):
        raise TypeError(f'unicode string expected instead of {name_of_type(value)} instance')
    if len(value) != 1:
        raise TypeError('one character unicode string expected')
    store(memory, offset, 'I', ord(value))


def _set_text(memory, offset, letter, value):
    # A pointer to a copy that ends with a zero, which is kept; or an address, which is the program's affair.
    if value is None or isinstance(value, int):
        store(memory, offset, 'P', value)
        return None
    if not isinstance(value, bytes if letter == 'z' else str):
        wanted = 'bytes' if letter == 'z' else 'unicode string'
        raise TypeError(f'{wanted} or integer address expected instead of {name_of_type(value)} instance')
    text = copied(c_text(value))
    store(memory, offset, 'P', text._address_)
    return Kept(value, text)


def c_text(value):
    return value + b'\0' if isinstance(value, bytes) else value.encode('utf-32-le', 'surrogatepass') + b'\0\0\0\0'


class Kept:
    """A value of the program and the memory that stands for it in C. It compares and shows as the value."""

    def __init__(self, value, memory):
        self.value, self.memory = value, memory

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Kept) else other)

    __hash__ = None

    def __repr__(self):
        return repr(self.value)


def _set_pointer(memory, offset, letter, value):
    if value is not None and not isinstance(value, int):
        raise TypeError('cannot be converted to pointer')
    store(memory, offset, 'P', value)


def _set_object(memory, offset, letter, value):
    store(memory, offset, 'P', id(value))
    kept = _pointed_to[id(value)] = Kept(value, None)
    return kept


# The objects that C data of py_object points to, for as long as the data lives.
_pointed_to = weakref.WeakValueDictionary()


def _get_object(memory, offset, letter):
    kept = _pointed_to.get(load(memory, offset, 'P'))
    if kept is None:
        raise ValueError('PyObject is NULL')
    return kept.value


def _get_text(memory, offset, letter):
    address = load(memory, offset, 'P')
    if address is None:
        return None
    return _ffi.string_at(address, -1) if letter == 'z' else _ffi.wstring_at(address, -1)


_SETTERS = {'c': _set_character, 'u': _set_wide_character, 'z': _set_text, 'Z': _set_text, 'P': _set_pointer,
            'O': _set_object}
_GETTERS = {'z': _get_text, 'Z': _get_text, 'O': _get_object}
# size of a letter, and the letter of struct for a fixed byte order
_SIZES = {**dict.fromkeys('cbB?', 1), **dict.fromkeys('hHv', 2), **dict.fromkeys('iIfu', 4), 'g': 16}
_IN_ORDER = {'l': 'q', 'L': 'Q', 'P': 'Q', '?': 'B', 'c': 'B'}
_SHOWN = {'l': 'q', 'L': 'Q', 'v': '?'}


def size_of_letter(letter):
    return _SIZES.get(letter, 8)


class PyCSimpleType(CDataType):
    """The class of the simple types."""

    __module__ = '_ctypes'
    _swapped = False

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if '_CData' in (base.__name__ for base in bases):
            return  # _SimpleCData itself
        if not hasattr(cls, '_type_'):
            raise AttributeError("class must define a '_type_' attribute")
        letter = cls._type_
        if not isinstance(letter, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(letter) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if letter not in LETTERS:
            raise AttributeError("class must define a '_type_' attribute which must be\n"
                                 f"a single character string containing one of '{LETTERS}'.")
        size = size_of_letter(letter)
        order = '>' if cls._swapped else '<'
        cls._layout = Layout(size, size, _ffi.simple_type(letter), order + _SHOWN.get(letter, letter))
        cls._is_plain = bases[0].__name__ == '_SimpleCData'
        if cls._is_plain and letter in 'hHiIlLqQfdbBc?' and not cls._swapped:
            cls.__ctype_le__ = cls
            cls.__ctype_be__ = _swapped_type(cls) if size > 1 else cls

    def _set(cls, memory, offset, value):
        if isinstance(value, cls):
            put(memory, offset, take(value, 0, cls._layout.size))
            return value._objects
        return cls._write(memory, offset, value)

    def _write(cls, memory, offset, value):
        letter = cls._type_
        if cls._swapped:
            scratch = _ffi.allocate(_ffi.Memory, cls._layout.size)
            store(scratch, 0, letter, value)
            put(memory, offset, take(scratch, 0, cls._layout.size)[::-1])
            return None
        return _SETTERS.get(letter, _set_number)(memory, offset, letter, value)

    def _get(cls, memory, offset):
        if not cls._is_plain:
            return place(cls, memory._address_ + offset, memory)
        return cls._read(memory, offset)

    def _read(cls, memory, offset):
        letter = cls._type_
        if cls._swapped:
            return struct.unpack('>' + _IN_ORDER.get(letter, letter), take(memory, offset, cls._layout.size))[0]
        getter = _GETTERS.get(letter)
        return load(memory, offset, letter) if getter is None else getter(memory, offset, letter)

    def from_param(cls, value, /):
        layout_of(cls)
        if isinstance(value, cls):
            return value
        if cls._type_ in 'zZP':
            passed = _pointer_parameter(cls._type_, value)
            if passed is not None:
                return passed
        else:
            try:
                made = argument(cls._type_, cls._layout.ffi, value)
                made._kept = cls._write(made, 0, value)
                return made
            except TypeError:
                if not hasattr(value, '_as_parameter_'):
                    raise TypeError('wrong type') from None
        if hasattr(value, '_as_parameter_'):
            return cls.from_param(value._as_parameter_)
        raise TypeError('wrong type')


def _pointer_parameter(letter, value):
    """What is passed for a value where a char *, wchar_t * or void * is wanted; None when it does not fit."""
    from _ctypes_aggregates import Array, _Pointer
    if value is None:
        return pointer_argument(letter, None)
    if isinstance(value, bytes) and letter in 'zP':
        text = copied(c_text(value))
        return pointer_argument('z', text._address_, value, text)
    if isinstance(value, str) and letter in 'ZP':
        text = copied(c_text(value))
        return pointer_argument('Z', text._address_, value, text)
    if isinstance(value, int) and letter == 'P':
        return pointer_argument('P', value)
    wanted = {'z': 'cbB', 'Z': 'u', 'P': LETTERS}[letter]
    if isinstance(value, Argument):
        inner = getattr(type(value._obj), '_type_', None)
        if letter == 'P' or (isinstance(inner, str) and inner in wanted):
            return value
    elif isinstance(value, (Array, _Pointer)):
        inner = getattr(type(value)._type_, '_type_', None)
        if letter == 'P' or (isinstance(inner, str) and inner in wanted):
            return value
    elif letter == 'P' and hasattr(type(value), '_flags_'):
        return value  # a function
    elif isinstance(value, _SimpleCData) and type(value)._type_ in ('zZP' if letter == 'P' else letter):
        return value
    return None


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    """C data that is one value."""

    __module__ = '_ctypes'

    def __init__(self, *value):
        if len(value) > 1:
            raise TypeError(f'__init__ expected at most 1 argument, got {len(value)}')
        for self.value in value:
            pass

    @property
    def value(self):
        """The current value."""
        return type(self)._read(self, 0)

    @value.setter
    def value(self, value):
        kept = type(self)._write(self, 0, value)
        if isinstance(self._b_base_, _CData):
            self._b_base_._keep(f'{self._address_ - self._b_base_._address_:x}', kept)
        else:
            self._objects = kept

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __bool__(self):
        return any(take(self, 0, self._bytes_))

    def __repr__(self):
        cls = type(self)
        if not cls._is_plain:
            return f'<{cls.__name__} object at {id(self):#x}>'
        try:
            # Of a text only the address is shown: it may be none.
            return f'{cls.__name__}({load(self, 0, "P") if cls._type_ in "zZ" else self.value!r})'
        except ValueError:
            return f'{cls.__name__}(<NULL>)'

    def __ctypes_from_outparam__(self):
        return self.value if type(self)._is_plain else self


def _swapped_type(cls):
    """The same type with its bytes in the other order."""
    made = PyCSimpleType(f'{cls.__name__}_be', (_SimpleCData,), {'_type_': cls._type_, '_swapped': True,
                                                         '__module__': cls.__module__})
    made.__ctype_be__, made.__ctype_le__ = made, cls
    return made

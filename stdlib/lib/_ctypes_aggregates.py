"""C data made of other data: arrays, pointers, structures, unions, and the fields of the last two."""
import operator
import sys
import types

import _ffi
from _ctypes_data import (CDataType, Layout, PyCSimpleType, _CData, _SimpleCData, c_text, layout_of, name_of_type, place,
                          pointer_argument)
from _ffi import load, put, store, take


def _letter_of(cls):
    letter = getattr(cls, '_type_', None)
    return letter if isinstance(letter, str) else None


# --- arrays ---

class PyCArrayType(CDataType):
    """The class of the array types."""

    __module__ = '_ctypes'
    _takes_tuples = True

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return  # Array itself
        for needed in '_length_', '_type_':
            if not hasattr(cls, needed):
                raise AttributeError(f"class must define a '{needed}' attribute")
        length, item = cls._length_, layout_of(cls._type_, '_type_ must have storage info')
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if length * item.size > 2**63 - 1:
            raise OverflowError('array too large')
        elements = (item.ffi,) * length if length * item.size <= 64 else (_ffi.simple_type('Q'),) * 9
        cls._layout = Layout(item.size * length, item.alignment,
                             _ffi.structure_type(item.size * length, item.alignment, elements), item.format,
                             item.item_size, (length, *item.shape))

    def _get_field(cls, memory, offset):
        """As a field, characters are the text up to the zero."""
        return cls._get(memory, offset).value if _letter_of(cls._type_) in ('c', 'u') else cls._get(memory, offset)

    def _set(cls, memory, offset, value):
        letter = _letter_of(cls._type_)
        if letter not in ('c', 'u') or isinstance(value, cls):
            return super()._set(memory, offset, value)
        # Text goes up to its zero, and the zero is written when there is room.
        if not isinstance(value, bytes if letter == 'c' else str):
            raise TypeError(f'expected bytes, {name_of_type(value)} found' if letter == 'c' else
                            f'unicode string expected instead of {name_of_type(value)} instance')
        text = value.partition(b'\0' if letter == 'c' else '\0')[0]
        if len(text) > cls._length_:
            words = 'bytes too long' if letter == 'c' else 'string too long'
            raise ValueError(f'{words} ({len(text)}, maximum length {cls._length_})')
        put(memory, offset, c_text(text)[:cls._layout.size])
        return None

    def from_param(cls, value, /):
        if isinstance(value, (bytes, str)) and _letter_of(cls._type_) == ('c' if isinstance(value, bytes) else 'u'):
            if len(value) > cls._length_:
                raise ValueError('Invalid length')
            return cls(*value)
        return super().from_param(value)


class Array(_CData, metaclass=PyCArrayType):
    """C data of one type, one after another."""

    __module__ = '_ctypes'

    def __init__(self, *items):
        for index, item in enumerate(items):
            self[index] = item

    def __len__(self):
        return self._length_

    def _place_of(self, index):
        try:
            index = operator.index(index)
        except TypeError:
            raise TypeError('indices must be integers') from None
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError('invalid index')
        return index, index * self._type_._layout.size

    def __getitem__(self, index):
        if isinstance(index, slice):
            return _joined(self._type_, [self[i] for i in range(*index.indices(self._length_))])
        index, offset = self._place_of(index)
        item = self._type_._get(self, offset)
        if isinstance(item, _CData):
            item._b_index = f'{index:x}'
        return item

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(value) != len(places):
                raise ValueError('Can only assign sequence of same size')
            for i, item in zip(places, value):
                self[i] = item
            return
        index, offset = self._place_of(index)
        self._keep_if(f'{index:x}', self._type_._set(self, offset, value))

    def _keep_if(self, key, what):
        if what is not None:
            self._keep(key, what)

    def __delitem__(self, index):
        raise TypeError('Array does not support item deletion')

    # What only arrays of characters have.

    def __getattr__(self, name):
        letter = _letter_of(self._type_)
        if name == 'value' and letter == 'c':
            return take(self, 0, self._bytes_).partition(b'\0')[0]
        if name == 'value' and letter == 'u':
            return ''.join(self[:]).partition('\0')[0]
        if name == 'raw' and letter == 'c':
            return take(self, 0, self._bytes_)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        letter = _letter_of(self._type_)
        if (name, letter) not in (('value', 'c'), ('value', 'u'), ('raw', 'c')):
            object.__setattr__(self, name, value)
        elif letter == 'u':
            if not isinstance(value, str):
                raise TypeError(f'unicode string expected instead of {name_of_type(value)} instance')
            if len(value) > self._length_:
                raise ValueError('string too long')
            put(self, 0, c_text(value)[:self._bytes_])
        else:
            if name == 'value' and not isinstance(value, bytes):
                raise TypeError(f'bytes expected instead of {name_of_type(value)} instance')
            data = bytes(memoryview(value))
            if len(data) > self._length_:
                raise ValueError('byte string too long')
            put(self, 0, data + b'\0' * (name == 'value' and len(data) < self._length_))

    def __delattr__(self, name):
        if name == 'value' and _letter_of(self._type_) in ('c', 'u'):
            raise TypeError("can't delete attribute")
        if name == 'raw' and _letter_of(self._type_) == 'c':
            raise AttributeError('cannot delete attribute')
        object.__delattr__(self, name)

    __class_getitem__ = classmethod(types.GenericAlias)


def _joined(kind, items):
    """A slice: the characters of arrays of characters come as one text."""
    letter = _letter_of(kind)
    if letter == 'c':
        return b''.join(items)
    return ''.join(items) if letter == 'u' else items


_array_types = {}


def array_type(cls, length, module):
    """The type of arrays of so many; the same each time. It belongs to the module that asked first."""
    if not hasattr(type(length), '__index__'):
        raise TypeError(f"can't multiply sequence by non-int of type '{name_of_type(length)}'")
    length = operator.index(length)
    if length < 0:
        raise ValueError(f'Array length must be >= 0, not {length}')
    made = _array_types.get((cls, length))
    if made is None:
        made = PyCArrayType(f'{cls.__name__}_Array_{length}', (Array,),
                            {'_type_': cls, '_length_': length, '__module__': module})
        made = _array_types.setdefault((cls, length), made)
    return made


# --- pointers ---

class PyCPointerType(CDataType):
    """The class of the pointer types."""

    __module__ = '_ctypes'

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases != (_CData,):
            kind = namespace.get('_type_')
            if kind is not None and not isinstance(kind, CDataType):
                raise TypeError('_type_ must have storage info')
            target = getattr(kind, '_layout', None)
            shown = 'B' if target is None else target.format_with_shape()
            cls._layout = Layout(8, 8, _ffi.simple_type('P'), '&' + shown)

    def set_type(cls, kind, /):
        """Say what an incomplete pointer type points to."""
        if not isinstance(kind, CDataType):
            raise TypeError('_type_ must have storage info')
        cls._type_ = kind

    def _set(cls, memory, offset, value):
        if value is None:
            store(memory, offset, 'P', None)
            return None
        if isinstance(value, Array) and issubclass(value._type_, cls._type_):
            store(memory, offset, 'P', value._address_)
            return value
        return super()._set(memory, offset, value)

    def from_param(cls, value, /):
        kind = getattr(cls, '_type_', None)
        if value is None:
            return None
        if kind is not None:
            if isinstance(value, kind):
                return pointer_argument('P', value._address_, value)
            if isinstance(value, (Array, _Pointer)) and issubclass(value._type_, kind):
                return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=PyCPointerType):
    """A pointer to C data of one type."""

    __module__ = '_ctypes'

    def __new__(cls, *args):
        if '_type_' not in cls.__dict__:
            raise TypeError('Cannot create instance: has no _type_')
        return super().__new__(cls)

    def __init__(self, *target):
        for self.contents in target:
            pass

    @property
    def contents(self):
        """The object that is pointed to; a new one each time."""
        return place(self._type_, self._target(), self)

    @contents.setter
    def contents(self, value):
        if not isinstance(value, self._type_):
            raise TypeError(f'expected {self._type_.__name__} instead of {name_of_type(value)}')
        store(self, 0, 'P', value._address_)
        self._keep('1', value)

    def _target(self):
        address = load(self, 0, 'P')
        if address is None:
            raise ValueError('NULL pointer access')
        return address

    def _item(self, index):
        size = layout_of(self._type_).size
        return _ffi.at(_ffi.Memory, self._target() + operator.index(index) * size, size, self)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return _joined(self._type_, [self[i] for i in _places_of(index)])
        if not hasattr(type(index), '__index__'):
            raise TypeError('Pointer indices must be integer')
        return self._type_._get(self._item(index), 0)

    def __setitem__(self, index, value):
        kept = self._type_._set(self._item(index), 0, value)
        if kept is not None:
            self._keep(f'{index:x}', kept)

    def __delitem__(self, index):
        raise TypeError('Pointer does not support item deletion')

    def __bool__(self):
        return load(self, 0, 'P') is not None


def _places_of(part):
    # There is no length to count from.
    step = 1 if part.step is None else operator.index(part.step)
    if step == 0:
        raise ValueError('slice step cannot be zero')
    if part.start is None and step < 0:
        raise ValueError('slice start is required for step < 0')
    if part.stop is None:
        raise ValueError('slice stop is required')
    return range(0 if part.start is None else operator.index(part.start), operator.index(part.stop), step)


_pointer_type_cache = {}


def POINTER(cls, /):
    """The type of pointers to a class; the same each time."""
    made = _pointer_type_cache.get(cls)
    module = sys._getframe(1).f_globals.get('__name__')
    if made is None:
        if isinstance(cls, str):
            made = PyCPointerType(f'LP_{cls}', (_Pointer,), {'__module__': module})
            return _pointer_type_cache.setdefault(id(made), made)
        if not isinstance(cls, type):
            raise TypeError('must be a ctypes type')
        made = PyCPointerType(f'LP_{cls.__name__}', (_Pointer,), {'_type_': cls, '__module__': module})
        made = _pointer_type_cache.setdefault(cls, made)
    return made


def pointer(obj, /):
    """A new pointer to an object."""
    if not isinstance(obj, _CData):
        raise TypeError('_type_ must have storage info')
    return POINTER(type(obj))(obj)


# --- fields ---

class CField:
    """A field of a structure: where it lies, and how it is read and written."""

    def __init__(self, kind, offset, index, bits=None, shift=0):
        size = kind._layout.size if bits is None else bits << 16 | shift
        self.__dict__.update(_kind=kind, offset=offset, size=size, _index=index, _bits=bits, _shift=shift)

    def __setattr__(self, name, value):
        raise AttributeError(f"attribute '{name}' of '_ctypes.CField' objects is not writable")

    def __repr__(self):
        place = f'{self.offset}, size={self.size}' if self._bits is None else (
            f'{self.offset}:{self._shift}, bits={self._bits}')
        return f'<Field type={self._kind.__name__}, ofs={place}>'

    def moved(self, distance):
        """The same field of a structure that begins later (_anonymous_)."""
        return CField(self._kind, self.offset + distance, self._index, self._bits, self._shift)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self._bits is not None:
            return self._bits_of(instance)
        reader = getattr(self._kind, '_get_field', self._kind._get)
        value = reader(instance, self.offset)
        if isinstance(value, _CData):
            value._b_index = f'{self._index:x}'
        return value

    def __set__(self, instance, value):
        if self._bits is not None:
            self._set_bits(instance, value)
            return
        kept = self._kind._set(instance, self.offset, value)
        if kept is not None:
            instance._keep(f'{self._index:x}', kept)

    def __delete__(self, instance):
        raise TypeError("can't delete attribute")

    def _bits_of(self, instance):
        value = self._kind._read(instance, self.offset) >> self._shift & (1 << self._bits) - 1
        if self._kind._type_ in 'bhilq' and value >> self._bits - 1:
            value -= 1 << self._bits
        return bool(value) if self._kind._type_ == '?' else value

    def _set_bits(self, instance, value):
        if isinstance(value, _SimpleCData):
            value = value.value
        mask = (1 << self._bits) - 1
        rest = self._kind._read(instance, self.offset) & ~(mask << self._shift)
        self._kind._write(instance, self.offset, rest | (operator.index(value) & mask) << self._shift)


CField.__module__ = '_ctypes'


class _Plan:
    """The layout of a structure or union, field by field, as GCC lays them out."""

    def __init__(self, base, pack, is_union):
        self.size, self.alignment = (base.size, base.alignment) if base else (0, 1)
        self.pack, self.is_union = pack, is_union
        self.unit_start = self.unit_bits = self.used_bits = 0  # the integer that takes bit fields now; 0 bits: none

    def add(self, kind, bits):
        """(offset, shift) of the next field"""
        layout = kind._layout
        alignment = min(layout.alignment, self.pack) if self.pack else layout.alignment
        self.alignment = max(self.alignment, alignment)
        if self.is_union:
            self.size = max(self.size, layout.size)
            return 0, 0
        if bits is not None and self.unit_bits:
            room = max(self.unit_bits, 8 * layout.size)
            if self.used_bits + bits <= room:
                self.size += room // 8 - self.unit_bits // 8
                self.unit_bits = room
                self.used_bits += bits
                return self.unit_start, self.used_bits - bits
        offset = -(-self.size // alignment) * alignment
        self.size = offset + layout.size
        self.unit_start, self.unit_bits, self.used_bits = offset, 0 if bits is None else 8 * layout.size, bits or 0
        return offset, 0

    def total(self):
        return -(-self.size // self.alignment) * self.alignment


def _checked_field(description, number):
    try:
        name, kind, *bits = description
        if not isinstance(name, str) or len(bits) > 1:
            raise TypeError
    except (TypeError, ValueError):
        raise TypeError("'_fields_' must be a sequence of (name, C type) pairs") from None
    if not isinstance(kind, CDataType) or kind._layout is None:
        raise TypeError(f'second item in _fields_ tuple (index {number}) must be a C type')
    if not bits:
        return name, kind, None
    if not isinstance(kind, PyCSimpleType) or kind._type_ not in 'bBhHiIlLqQ?':
        raise TypeError(f'bit fields not allowed for type {kind.__name__}')
    if not 0 < bits[0] <= 8 * kind._layout.size:
        raise ValueError('number of bits invalid for bit field')
    return name, kind, bits[0]


class _WithFields(CDataType):
    """What the classes of structure and union types share."""

    _is_union = False
    _takes_tuples = True

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return
        inherited = next((base for base in bases if isinstance(base, _WithFields)), None)
        cls._base_layout = inherited._layout if inherited else None
        cls._field_names = inherited._field_names if inherited else ()
        cls._is_final = False
        if inherited:
            inherited._finish()
        if '_fields_' in namespace:
            cls._lay_out(namespace['_fields_'])
        elif '_abstract_' not in namespace:
            cls._layout = cls._base_layout or Layout(0, 1, _ffi.structure_type(0, 1, ()))

    def __setattr__(cls, name, value):
        if name == '_fields_':
            if cls._is_final:
                raise AttributeError('_fields_ is final')
            cls._lay_out(value)
        super().__setattr__(name, value)

    def _finish(cls):
        """From now on there are no other fields."""
        type.__setattr__(cls, '_is_final', True)

    def _blank(cls):
        cls._finish()
        return super()._blank()

    def _lay_out(cls, fields):
        pack = getattr(cls, '_pack_', None)
        if pack is not None and (not isinstance(pack, int) or pack < 0):
            raise ValueError('_pack_ must be a non-negative integer')
        if not isinstance(fields, (list, tuple)):
            raise TypeError("'_fields_' must be a sequence of pairs")
        plan = _Plan(cls._base_layout, pack, cls._is_union)
        elements = [] if cls._base_layout is None else [cls._base_layout.ffi]
        names = []
        for number, description in enumerate(fields):
            name, kind, bits = _checked_field(description, number)
            kind = cls._in_order(kind)
            if kind is cls:
                raise AttributeError('Structure or union cannot contain itself')
            if isinstance(kind, _WithFields):
                kind._finish()
            if cls._is_final:
                raise AttributeError('_fields_ is final')
            offset, shift = plan.add(kind, bits)
            if getattr(kind, '_swapped', False) and bits is not None:
                shift = 8 * kind._layout.size - bits - shift  # counted from the other end
            type.__setattr__(cls, name, CField(kind, offset, len(cls._field_names) + number, bits, shift))
            names.append(name)
            elements.append(kind._layout.ffi)
        size = plan.total()
        cls._field_names += tuple(names)
        cls._all_names = (*getattr(cls, '_all_names', ()), *names)
        cls._layout = Layout(size, plan.alignment, cls._described(size, plan.alignment, elements, fields),
                             'B' if cls._is_union or pack is not None else cls._shown(fields))
        cls._show_anonymous(names)
        cls._is_final = True

    def _in_order(cls, kind):
        return kind

    def _shown(cls, fields):
        parts = (f'{cls._in_order(kind)._layout.format_with_shape()}:{name}:' for name, kind, *_ in fields)
        return f'T{{{"".join(parts)}}}'

    def _described(cls, size, alignment, elements, fields):
        """For libffi: a union, and bit fields, count as the integers (or doubles) that cover them."""
        if cls._is_union or any(len(field) > 2 for field in fields):
            real = all(_letter_of(field[1]) in ('d', 'f') for field in fields)
            cover = _ffi.simple_type('d' if real and alignment == 8 else 'BHIQ'[alignment.bit_length() - 1])
            elements = [cover] * (size // alignment)
        return _ffi.structure_type(size, alignment, tuple(elements))

    def _show_anonymous(cls, names):
        for name in cls.__dict__.get('_anonymous_', ()):
            field = cls.__dict__.get(name)
            if not isinstance(field, CField) or name not in names:
                raise AttributeError(name)
            for inner in field._kind._all_names:
                type.__setattr__(cls, inner, getattr(field._kind, inner).moved(field.offset))
                cls._all_names += inner,


class PyCStructType(_WithFields):
    """The class of the structure types."""

    __module__ = '_ctypes'


class UnionType(_WithFields):
    """The class of the union types."""

    __module__ = '_ctypes'
    _is_union = True


def _fill(self, values, named):
    names = type(self)._field_names
    if len(values) > len(names):
        raise TypeError('too many initializers')
    for name, value in zip(names, values):
        if name in named:
            raise TypeError(f'duplicate values for field {name!r}')
        setattr(self, name, value)
    for name, value in named.items():
        setattr(self, name, value)


class Structure(_CData, metaclass=PyCStructType):
    """C data of several fields, one after another."""

    __module__ = '_ctypes'
    _field_names = ()

    def __init__(self, *values, **named):
        _fill(self, values, named)


class Union(_CData, metaclass=UnionType):
    """C data of several fields that share their memory."""

    __module__ = '_ctypes'
    _field_names = ()

    def __init__(self, *values, **named):
        _fill(self, values, named)

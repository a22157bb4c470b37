"""Structures and unions whose fields have a byte order of their own."""
from _ctypes import Array, Structure, Union
from _ctypes_data import PyCSimpleType


def _with_order(kind, order):
    """A field's type with the wanted byte order."""
    if hasattr(kind, order):
        return getattr(kind, order)
    if isinstance(kind, type) and issubclass(kind, Array):
        return _with_order(kind._type_, order) * kind._length_
    if isinstance(kind, type) and issubclass(kind, (Structure, Union)):
        return kind
    raise TypeError(f'This type does not support other endian: {kind}')


class _InBigEndian(type(Structure)):
    def _in_order(cls, kind):
        return _with_order(kind, '__ctype_be__')


class _UnionInBigEndian(type(Union)):
    def _in_order(cls, kind):
        return _with_order(kind, '__ctype_be__')


LittleEndianStructure, LittleEndianUnion = Structure, Union


class BigEndianStructure(Structure, metaclass=_InBigEndian):
    """A structure whose numbers have the most significant byte first."""

    __slots__ = ()


class BigEndianUnion(Union, metaclass=_UnionInBigEndian):
    """A union whose numbers have the most significant byte first."""

    __slots__ = ()

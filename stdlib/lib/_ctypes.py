"""The ground of ctypes: classes of C data and functions of libraries. Its parts:

_ctypes_data        what all C data can do, and the simple types
_ctypes_aggregates  arrays, pointers, structures, unions
_ctypes_functions   functions, calls, callbacks
_ffi                native: memory, libffi, dlopen
"""
import os
import sys

import _ffi
from _ctypes_aggregates import (POINTER, Array, CField, Structure, Union, _pointer_type_cache, _Pointer, pointer)
from _ctypes_data import (ArgumentError, CDataType, _CData, _SimpleCData, layout_of, name_of_type, pointer_argument)
from _ctypes_functions import (CTYPES_MAX_ARGCOUNT, FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI, FUNCFLAG_USE_ERRNO,
                               FUNCFLAG_USE_LASTERROR, CFuncPtr)
from _ffi import RTLD_GLOBAL, RTLD_LOCAL, dlclose, dlsym, get_errno, set_errno

__version__ = '1.1.0'


def dlopen(name, mode=RTLD_LOCAL, /):
    """Load a shared library; its handle."""
    sys.audit('ctypes.dlopen', name)
    return _ffi._dlopen(None if name is None else os.fsencode(name), mode)


def sizeof(thing, /):
    """The size in bytes of C data, or of a class of it."""
    if isinstance(thing, CDataType):
        return layout_of(thing, 'this type has no size').size
    if isinstance(thing, _CData):
        return thing._bytes_
    raise TypeError('this type has no size')


def alignment(thing, /):
    """The alignment in bytes of C data, or of a class of it."""
    if isinstance(thing, _CData):
        thing = type(thing)
    if not isinstance(thing, CDataType) or thing._layout is None:
        raise TypeError('no alignment info')
    return thing._layout.alignment


def addressof(obj, /):
    """Where C data lies in memory."""
    if not isinstance(obj, _CData):
        raise TypeError('invalid type')
    return obj._address_


def byref(obj, offset=0, /):
    """A light pointer to C data, for the call of a function."""
    if not isinstance(obj, _CData):
        raise TypeError(f"byref() argument must be a ctypes instance, not '{name_of_type(obj)}'")
    return pointer_argument('P', obj._address_ + offset, obj)


def resize(obj, size, /):
    """Give C data more memory than its class says."""
    if not isinstance(obj, _CData):
        raise TypeError('excepted ctypes instance')
    if size < type(obj)._layout.size:
        raise ValueError(f'minimum size is {type(obj)._layout.size}')
    _ffi.resize(obj, size)

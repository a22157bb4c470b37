"""C's types, the functions of shared libraries, and callbacks from C.

    libc = CDLL(None)
    libc.strlen.restype = c_size_t
    libc.strlen(b'four')

The classes stand on _ctypes. Here are the types by their names in C, the libraries, and the functions on memory.
"""
import os as _os
import sys as _sys
import types as _types

import _ffi
from _ctypes import (POINTER, RTLD_GLOBAL, RTLD_LOCAL, ArgumentError, Array, CFuncPtr as _CFuncPtr, Structure, Union,
                     FUNCFLAG_CDECL as _FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI as _FUNCFLAG_PYTHONAPI,
                     FUNCFLAG_USE_ERRNO as _FUNCFLAG_USE_ERRNO, FUNCFLAG_USE_LASTERROR as _FUNCFLAG_USE_LASTERROR,
                     _CData, _Pointer, _pointer_type_cache, _SimpleCData, addressof, alignment, byref,
                     dlopen as _dlopen, get_errno, pointer, resize, set_errno, sizeof)
from _ctypes import __version__ as _ctypes_version

__version__ = '1.1.0'

DEFAULT_MODE = RTLD_LOCAL


# --- the simple types ---

def _simple(name, letter):
    # On this platform several names of C mean the same type; each letter has one class.
    return type(_SimpleCData)(name, (_SimpleCData,), {'_type_': letter, '__module__': __name__})


c_byte, c_ubyte = _simple('c_byte', 'b'), _simple('c_ubyte', 'B')
c_short, c_ushort = _simple('c_short', 'h'), _simple('c_ushort', 'H')
c_int, c_uint = _simple('c_int', 'i'), _simple('c_uint', 'I')
c_long, c_ulong = _simple('c_long', 'l'), _simple('c_ulong', 'L')
c_longlong, c_ulonglong = c_long, c_ulong
c_float, c_double, c_longdouble = _simple('c_float', 'f'), _simple('c_double', 'd'), _simple('c_longdouble', 'g')
c_bool, c_char, c_wchar = _simple('c_bool', '?'), _simple('c_char', 'c'), _simple('c_wchar', 'u')
c_char_p, c_wchar_p, c_void_p = _simple('c_char_p', 'z'), _simple('c_wchar_p', 'Z'), _simple('c_void_p', 'P')
py_object = _simple('py_object', 'O')

c_voidp = c_void_p
c_int8, c_uint8, c_int16, c_uint16 = c_byte, c_ubyte, c_short, c_ushort
c_int32, c_uint32, c_int64, c_uint64 = c_int, c_uint, c_long, c_ulong
c_size_t, c_ssize_t = c_ulong, c_long

_pointer_type_cache[None] = c_void_p
POINTER(c_char).from_param = c_char_p.from_param
POINTER(c_wchar).from_param = c_wchar_p.from_param


def SetPointerType(pointer, cls):
    """Say what an incomplete pointer type points to."""
    if _pointer_type_cache.get(cls) is not None:
        raise RuntimeError('This type already exists in the cache')
    if id(pointer) not in _pointer_type_cache:
        raise RuntimeError('What\'s this???')
    pointer.set_type(cls)
    _pointer_type_cache[cls] = pointer
    del _pointer_type_cache[id(pointer)]


def ARRAY(typ, len):
    """The type of arrays; `typ * len` is the usual way to say it."""
    return typ * len


# --- text in memory ---

def _buffer(function, kind, text, init, size):
    if isinstance(init, text):
        length = len(init) + 1 if size is None else size
        _sys.audit(f'ctypes.{function}', init, length)
        buffer = (kind * length)()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        _sys.audit(f'ctypes.{function}', init, None)
        return (kind * init)()
    raise TypeError(init)


def create_string_buffer(init, size=None):
    """An array of characters that C may change: from bytes, or of a size."""
    return _buffer('create_string_buffer', c_char, bytes, init, size)


c_buffer = create_string_buffer


def create_unicode_buffer(init, size=None):
    """An array of wide characters that C may change: from a str, or of a size."""
    return _buffer('create_unicode_buffer', c_wchar, str, init, size)


def _address_in(thing):
    """The address that a pointer, an array, an int, bytes or a function stands for, and what to keep alive."""
    passed = c_void_p.from_param(thing)
    if isinstance(passed, Array):
        return passed._address_, passed
    return _ffi.load(passed, 0, 'P') or 0, passed


def string_at(ptr, size=-1):
    """The bytes at an address: so many, or up to the zero."""
    address, kept = _address_in(ptr)
    return _ffi.string_at(address, size)


def wstring_at(ptr, size=-1):
    """The text of wide characters at an address: so many, or up to the zero."""
    address, kept = _address_in(ptr)
    return _ffi.wstring_at(address, size)


def memmove(dst, src, count):
    """Copy bytes; the areas may overlap. The address of the first."""
    (to, _kept), (origin, _kept_too) = _address_in(dst), _address_in(src)
    _ffi.memmove(to, origin, count)
    return to


def memset(dst, c, count):
    """Fill memory with a byte. Its address."""
    address, _kept = _address_in(dst)
    _ffi.memset(address, c, count)
    return address


def cast(obj, typ):
    """The same pointer as another pointer type."""
    letter = getattr(typ, '_type_', None)
    is_pointer = isinstance(typ, type) and (issubclass(typ, (_Pointer, _CFuncPtr)) or
                                            issubclass(typ, _SimpleCData) and letter in 'zZPsO')
    if not is_pointer:
        raise TypeError(f'cast() argument 2 must be a pointer type, not {getattr(typ, "__name__", typ)}')
    try:
        address, kept = _address_in(obj)
    except TypeError as problem:
        raise ArgumentError(f'argument 1: TypeError: {problem}') from None
    made = typ._blank()
    _ffi.store(made, 0, 'P', address)
    if isinstance(kept, _CData):
        # Both pointers keep alive what either points to.
        if not isinstance(kept._objects, dict):
            kept._objects = {} if kept._objects is None else {id(kept._objects): kept._objects}
        made._objects = kept._objects
    else:
        made._objects = {}
    made._objects[id(kept)] = kept
    return made


# --- functions ---

_function_types = {}


def _function_type(name, restype, argtypes, flags):
    key = name, restype, argtypes, flags
    made = _function_types.get(key)
    if made is None:
        made = type(_CFuncPtr)('CFunctionType', (_CFuncPtr,), {
            '_argtypes_': argtypes, '_restype_': restype, '_flags_': flags, '__module__': __name__,
            '__qualname__': f'{name}.<locals>.CFunctionType'})
        made = _function_types.setdefault(key, made)
    return made


def CFUNCTYPE(restype, *argtypes, use_errno=False, use_last_error=False):
    """The type of C functions with this result and these parameters; called with a callable, it makes one of it."""
    flags = _FUNCFLAG_CDECL | _FUNCFLAG_USE_ERRNO * bool(use_errno) | _FUNCFLAG_USE_LASTERROR * bool(use_last_error)
    return _function_type('CFUNCTYPE', restype, argtypes, flags)


def PYFUNCTYPE(restype, *argtypes):
    """The type of functions that would be called with the GIL; here they are called like all others."""
    return _function_type('PYFUNCTYPE', restype, argtypes, _FUNCFLAG_CDECL | _FUNCFLAG_PYTHONAPI)


# --- libraries ---

class CDLL:
    """A shared library; its functions are attributes and items, made when they are asked for first."""

    _func_flags_ = _FUNCFLAG_CDECL
    _func_restype_ = c_int
    _name = '<uninitialized>'
    _handle = 0
    _FuncPtr = None

    def __init__(self, name, mode=DEFAULT_MODE, handle=None, use_errno=False, use_last_error=False, winmode=None):
        if name is not None:
            name = _os.fspath(name)
        self._name = name
        flags = (self._func_flags_ | _FUNCFLAG_USE_ERRNO * bool(use_errno) |
                 _FUNCFLAG_USE_LASTERROR * bool(use_last_error))
        self._FuncPtr = type(_CFuncPtr)('_FuncPtr', (_CFuncPtr,), {
            '_flags_': flags, '_restype_': self._func_restype_, '__module__': __name__,
            '__qualname__': 'CDLL.__init__.<locals>._FuncPtr'})
        self._handle = _dlopen(name, mode) if handle is None else handle

    def __repr__(self):
        return f"<{type(self).__name__} '{self._name}', handle {self._handle:x} at {id(self):#x}>"

    def __getattr__(self, name):
        if name[:2] == name[-2:] == '__':
            raise AttributeError(name)
        function = self[name]
        self.__dict__[name] = function
        return function

    def __getitem__(self, name):
        function = self._FuncPtr((name, self))
        if isinstance(name, str):
            function.__name__ = name
        return function


class PyDLL(CDLL):
    """A library whose functions would be called with the GIL; here they are called like all others."""

    _func_flags_ = _FUNCFLAG_CDECL | _FUNCFLAG_PYTHONAPI


class LibraryLoader:
    """Loads libraries: by LoadLibrary(name), as an item, or as an attribute."""

    def __init__(self, dlltype):
        self._dlltype = dlltype

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        try:
            library = self._dlltype(name)
        except OSError:
            raise AttributeError(name) from None
        self.__dict__[name] = library
        return library

    def __getitem__(self, name):
        return getattr(self, name)

    def LoadLibrary(self, name):
        """Load the library of this name anew."""
        return self._dlltype(name)

    __class_getitem__ = classmethod(_types.GenericAlias)


cdll = LibraryLoader(CDLL)
pydll = LibraryLoader(PyDLL)
pythonapi = PyDLL(None)

from ctypes._endian import BigEndianStructure, BigEndianUnion, LittleEndianStructure, LittleEndianUnion

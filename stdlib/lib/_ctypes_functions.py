"""C functions as objects: their arguments are converted, they are called over libffi, their results are converted back.

A function comes from a library, from an address, or from a callable of the program, which C can then call.
"""
import sys

import _ffi
from _ctypes_data import (Argument, ArgumentError, CDataType, Layout, PyCSimpleType, _CData, c_text, copied,
                          pointer_argument)
from _ffi import load, put, store, take

FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16

_IN, _OUT, _LCID = 1, 2, 4
CTYPES_MAX_ARGCOUNT = 1024
_POINTER = _ffi.simple_type('P')
_INT = _ffi.simple_type('i')
_VOID = _ffi.simple_type('v')


class PyCFuncPtrType(CDataType):
    """The class of the function types."""

    __module__ = '_ctypes'

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return
        if not isinstance(getattr(cls, '_flags_', None), int):
            raise TypeError("class must define _flags_ which must be an integer")
        cls._layout = Layout(8, 8, _POINTER, 'X{}')
        if '_argtypes_' in namespace:
            _check_argtypes(namespace['_argtypes_'])
        if namespace.get('_restype_') is not None and not callable(namespace['_restype_']):
            raise TypeError('_restype_ must be a type, a callable, or None')

    def _set(cls, memory, offset, value):
        if value is None:
            store(memory, offset, 'P', None)
            return None
        return super()._set(memory, offset, value)


def _check_argtypes(types):
    if not isinstance(types, (tuple, list)):
        raise TypeError('_argtypes_ must be a sequence of types')
    for number, kind in enumerate(types, 1):
        if not hasattr(kind, 'from_param'):
            raise TypeError(f'item {number} in _argtypes_ has no from_param method')


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    """A C function."""

    __module__ = '_ctypes'
    _flags_ = None
    _argtypes_ = None
    _restype_ = None
    _own_argtypes = _own_restype = _errcheck = _directions = _name = None

    def __new__(cls, *args):
        if cls is CFuncPtr:
            raise TypeError('cannot construct instance of this class: no argtypes slot')
        return super().__new__(cls)

    def __init__(self, *source):
        if not source:
            return
        first, *more = source
        if isinstance(first, tuple):
            self._from_library(first, *more)
        elif isinstance(first, int):
            store(self, 0, 'P', first)
        elif callable(first):
            callback = _callback_of(first, self._argtypes_ or (), self._restype_)
            store(self, 0, 'P', callback.address)
            self._keep('0', callback)
        else:
            raise TypeError('argument must be callable or integer function address')

    def _from_library(self, symbol, directions=None):
        try:
            name, library = symbol
        except ValueError:
            raise TypeError(f'expected a pair of name and library, got {len(symbol)} items') from None
        handle = getattr(library, '_handle', None)
        if not isinstance(handle, int):
            raise TypeError('the _handle attribute of the second argument must be an integer')
        if not isinstance(name, (str, bytes)):
            raise TypeError('a function has a name here, not a number')
        try:
            store(self, 0, 'P', _ffi.dlsym(handle, name.encode() if isinstance(name, str) else name))
        except OSError as problem:
            raise AttributeError(str(problem)) from None
        self._name = name
        self._keep('0', library)
        if directions is not None:
            self._directions = _checked_directions(directions, self._argtypes_)

    def __bool__(self):
        return load(self, 0, 'P') is not None

    def __repr__(self):
        return f'<{type(self).__name__} object at {id(self):#x}>'

    # --- what the program says of the function ---

    @property
    def argtypes(self):
        """The classes of the parameters, or None."""
        return self._argtypes_ if self._own_argtypes is None else self._own_argtypes

    @argtypes.setter
    def argtypes(self, types):
        if types is not None:
            _check_argtypes(types)
            types = tuple(types)
        self._own_argtypes = types

    @argtypes.deleter
    def argtypes(self):
        self._own_argtypes = None

    @property
    def restype(self):
        """What the function returns: a class, a callable that gets the int, or None."""
        return self._restype_ if self._own_restype is None else self._own_restype[0]

    @restype.setter
    def restype(self, kind):
        if kind is not None and not callable(kind):
            raise TypeError('restype must be a type, a callable, or None')
        self._own_restype = (kind,)

    @restype.deleter
    def restype(self):
        self._own_restype = None

    @property
    def errcheck(self):
        """A function (result, function, arguments) that sees each result, and gives what the call gives."""
        return self._errcheck

    @errcheck.setter
    def errcheck(self, check):
        if not callable(check):
            raise TypeError('the errcheck attribute must be callable')
        self._errcheck = check

    @errcheck.deleter
    def errcheck(self):
        self._errcheck = None

    # --- the call ---

    def __call__(self, *args, **named):
        types = self.argtypes
        outputs = ()
        if self._directions is not None:
            args, outputs = self._by_direction(args, named)
        if types is not None:
            if len(args) < len(types):
                raise TypeError(f'this function takes at least {len(types)} argument{"s"[:len(types) != 1]} '
                                f'({len(args)} given)')
            args_kinds = zip(args, (*types, *[None] * (len(args) - len(types))))
        else:
            args_kinds = ((value, None) for value in args)
        _check_count(args)
        passed = [_convert(value, kind, number) for number, (value, kind) in enumerate(args_kinds, 1)]
        result = self._run(passed)
        if self._errcheck is not None:
            checked = self._errcheck(result, self, args)
            if checked is not args or not outputs:
                return checked
        if not outputs:
            return result
        values = [value.__ctypes_from_outparam__() for value in outputs]
        return values[0] if len(values) == 1 else tuple(values)

    def _run(self, passed):
        address = load(self, 0, 'P')
        if address is None:
            raise ValueError('attempt to call a NULL function')
        kind = self.restype
        is_data = isinstance(kind, CDataType)
        answer = None
        if is_data:
            answer = _ffi.allocate(_ffi.Memory, max(kind._layout.size, 8))
        elif kind is not None:
            answer = _ffi.allocate(_ffi.Memory, 8)
        _ffi.call(address, self._flags_, _result_description(kind), answer,
                  tuple([description for description, _, _ in passed]), tuple([value for _, value, _ in passed]))
        if kind is None:
            return None
        if not is_data:
            return kind(load(answer, 0, 'i'))
        if isinstance(kind, PyCSimpleType) and kind._is_plain:
            result = kind._read(answer, 0)
        else:
            result = kind._blank()
            put(result, 0, take(answer, 0, kind._layout.size))
        check = getattr(kind, '_check_retval_', None)
        return result if check is None else check(result)

    def _by_direction(self, args, named):
        """The arguments in the order of the parameters, and those that are results."""
        values, outputs = [], []
        given = iter(args)
        for (direction, name, default), kind in zip(self._directions, self.argtypes or ()):
            if direction & _OUT:
                value = kind._type_() if hasattr(kind, '_type_') and not isinstance(kind._type_, str) else kind()
                outputs.append(value)
                if direction & _IN:
                    value = next(given, default)
                values.append(value if hasattr(kind, '_length_') else pointer_argument('P', value._address_, value))
                continue
            if direction == _IN | _LCID:
                values.append(0)
                continue
            value = next(given, _MISSING)
            if value is _MISSING:
                value = named.pop(name, default) if name is not None else default
            if value is _MISSING:
                raise TypeError(f"required argument '{name}' missing" if name else 'not enough arguments')
            values.append(value)
        if next(given, _MISSING) is not _MISSING or named:
            count = len([d for d, _, _ in self._directions if d == _IN or not d])
            raise TypeError(f'call takes exactly {count} arguments ({len(args) + len(named)} given)')
        return tuple(values), outputs


_MISSING = object()


def _checked_directions(directions, types):
    if not isinstance(directions, tuple):
        raise TypeError('paramflags must be a tuple or None')
    if types is not None and len(directions) != len(types):
        raise ValueError('paramflags must have the same length as argtypes')
    checked = []
    for number, item in enumerate(directions):
        try:
            direction, name, default = (*item, None, _MISSING)[:3] if len(item) == 1 else (*item, _MISSING)[:3]
            if not isinstance(direction, int) or not (name is None or isinstance(name, str)):
                raise TypeError
        except TypeError:
            raise TypeError('paramflags must be a sequence of (int [,string [,value]]) tuples') from None
        if direction & _OUT and types is not None:
            kind = types[number]
            if not hasattr(kind, '_type_') or isinstance(kind, PyCSimpleType) and kind._type_ not in 'zZP':
                raise TypeError(f"'out' parameter {number + 1} must be a pointer type, not {kind.__name__}")
        elif direction not in (0, _IN, _IN | _LCID, _LCID) and not direction & _OUT:
            raise ValueError(f'paramflag value {direction} not supported')
        checked.append((direction or _IN, name, default))
    return checked


def _result_description(kind):
    if kind is None:
        return _VOID
    return kind._layout.ffi if isinstance(kind, CDataType) else _INT


# --- arguments ---

def _convert(value, kind, number):
    """(libffi's description, what is passed, what has to live until the call is over)"""
    try:
        if kind is None:
            return _as_passed(value, number)
        return _as_passed(kind.from_param(value), number)
    except Exception as problem:
        if kind is None and not isinstance(problem, (TypeError, ArgumentError)):
            raise
        raise ArgumentError(f'argument {number}: {type(problem).__name__}: {problem}') from None


def _as_passed(value, number):
    if value is None:
        return _POINTER, 0, None
    if isinstance(value, _CData):
        if hasattr(value, '_length_'):
            return _POINTER, value._address_, value  # an array is passed as a pointer to its first item
        return type(value)._layout.ffi, value, value
    if isinstance(value, Argument):
        return value._ffi, value, value
    if isinstance(value, int):
        if not -2**63 <= value < 2**64:
            raise OverflowError('int too long to convert')
        return _INT, value, None
    if isinstance(value, (bytes, str)):
        text = copied(c_text(value))
        return _POINTER, text._address_, text
    if hasattr(value, '_as_parameter_'):
        return _as_passed(value._as_parameter_, number)
    raise TypeError(f"Don't know how to convert parameter {number}")


# --- callbacks ---

def _callback_of(function, types, result):
    if result is not None and not (isinstance(result, PyCSimpleType) and result._layout is not None):
        raise TypeError('invalid result type for callback function')
    _check_count(types)
    return _ffi.callback(_trampoline(function, types, result), _result_description(result),
                         tuple([kind._layout.ffi for kind in types]))


def _check_count(args):
    if len(args) > CTYPES_MAX_ARGCOUNT:
        raise ArgumentError(f'too many arguments ({len(args)}), maximum is {CTYPES_MAX_ARGCOUNT}')


def _trampoline(function, types, result):
    """What libffi's function calls: arguments come as bytes, and the result goes back as bytes."""
    def called(*raw):
        try:
            args = []
            for kind, data in zip(types, raw):
                memory = kind._blank()
                put(memory, 0, data)
                args.append(kind._read(memory, 0) if isinstance(kind, PyCSimpleType) and kind._is_plain else memory)
            value = function(*args)
        except BaseException as problem:
            _report(problem, 'on calling ctypes callback function', function)
            return None
        if result is None:
            return None
        try:
            answer = _ffi.allocate(_ffi.Memory, max(result._layout.size, 8))
            _kept_results[result] = result._set(answer, 0, value)
            if isinstance(result, PyCSimpleType) and result._type_ in 'bhi':
                store(answer, 0, 'q', load(answer, 0, result._type_))  # C looks at the whole register
            return take(answer, 0, answer._bytes_)
        except BaseException as problem:
            _report(problem, 'on converting result of ctypes callback function', function)
            return None
    return called


# A text that a callback returned lives until its type returns the next one: nobody says when C is done with it.
_kept_results = {}


class _Unraisable:
    def __init__(self, problem, message, function):
        self.exc_type, self.exc_value, self.exc_traceback = type(problem), problem, problem.__traceback__
        self.err_msg, self.object = f'Exception ignored {message}', function


def _report(problem, message, function):
    # The frames of this module are nothing that the program knows.
    trace = problem.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get('__name__', '').startswith('_ctypes'):
        trace = trace.tb_next
    problem.__traceback__ = trace
    sys.unraisablehook(_Unraisable(problem, message, function))

"""The core of typing: special forms, subscripted types, Generic and Callable; type variables are in _typing_variables.

A subscripted type is a _GenericAlias: what was subscripted (__origin__), with what (__args__), and the type variables in
there (__parameters__); subscripting it again puts types in the place of those. typing itself adds what stands on this.
"""
import abc
import collections.abc
import functools
import operator
import sys
import types
from types import GenericAlias

# What is defined here belongs to typing, and is found there.
__name__ = 'typing'

_NoneType = type(None)
Protocol = None  # _typing_protocols puts it here


def _caller(depth=1, default='__main__'):
    """The module that calls the function that asks."""
    try:
        return sys._getframe(depth + 1).f_globals.get('__name__', default)
    except (AttributeError, ValueError):
        return None


def _is_dunder(name):
    return name.startswith('__') and name.endswith('__')


# --- checks and conversions ---

def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None means its type, a str is a reference to something later."""
    if arg is None:
        return _NoneType
    if isinstance(arg, str):
        return ForwardRef(arg, module=module, is_class=allow_special_forms)
    return arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """The argument as a type, if it can be one."""
    invalid = (Generic, Protocol)
    if not allow_special_forms:
        invalid += (ClassVar,)
        if is_argument:
            invalid += (Final,)
    arg = _type_convert(arg, module=module, allow_special_forms=allow_special_forms)
    if isinstance(arg, _GenericAlias) and arg.__origin__ in invalid:
        raise TypeError(f'{arg} is not valid as type argument')
    if arg in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return arg
    if allow_special_forms and arg in (ClassVar, Final):
        return arg
    if isinstance(arg, _SpecialForm) or arg in (Generic, Protocol):
        raise TypeError(f'Plain {arg} is not valid as type argument')
    if type(arg) is tuple:
        raise TypeError(f'{msg} Got {arg!r:.100}.')
    return arg


def _is_param_expr(arg):
    """Whether it can stand for a ParamSpec."""
    return arg is ... or isinstance(arg, (tuple, list)) or isinstance(arg, (ParamSpec, _ConcatenateGenericAlias))


def _type_repr(obj):
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        return obj.__qualname__ if obj.__module__ == 'builtins' else f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    return repr(obj)


def _collect_parameters(args):
    """The type variables in arguments, in the order in which they first appear."""
    found = {}
    for arg in args:
        if isinstance(arg, type):
            continue  # its parameters are its own
        if isinstance(arg, tuple):
            for part in arg:
                found.update(dict.fromkeys(_collect_parameters([part])))
        elif hasattr(arg, '__typing_subst__'):
            found[arg] = None
        else:
            found.update(dict.fromkeys(getattr(arg, '__parameters__', ())))
    return tuple(found)


def _check_generic(cls, parameters, elen):
    """Refuse a wrong number of arguments."""
    if not elen:
        raise TypeError(f'{cls} is not a generic class')
    alen = len(parameters)
    if alen != elen:
        raise TypeError(f'Too {"many" if alen > elen else "few"} arguments for {cls}; actual {alen}, expected {elen}')


def _unpack_args(args):
    """*tuple[int, str] among arguments is int, str."""
    unpacked = []
    for arg in args:
        inner = getattr(arg, '__typing_unpacked_tuple_args__', None)
        if inner is not None and not (inner and inner[-1] is ...):
            unpacked.extend(inner)
        else:
            unpacked.append(arg)
    return unpacked


def _deduplicate(params):
    """Each once, in order."""
    result = []
    for param in params:
        if param not in result:
            result.append(param)
    return result


def _remove_dups_flatten(parameters):
    """The members of unions instead of those."""
    flat = []
    for param in parameters:
        if isinstance(param, (_UnionGenericAlias, types.UnionType)):
            flat.extend(param.__args__)
        else:
            flat.append(param)
    return tuple(_deduplicate(flat))


def _tp_cache(func=None, /, *, typed=False):
    """Remember results for arguments that can be hashed."""
    def decorator(func):
        cached = functools.lru_cache(typed=typed)(func)

        @functools.wraps(func)
        def inner(*args, **kwds):
            try:
                return cached(*args, **kwds)
            except TypeError:
                pass  # what cannot be hashed, or a real mistake: the call itself tells
            return func(*args, **kwds)
        inner.cache_clear = cached.cache_clear
        _cleanups.append(cached.cache_clear)
        return inner

    return decorator if func is None else decorator(func)


_cleanups = []


# --- special forms ---

class _Final:
    """Classes that programs must not derive from."""

    __slots__ = ('__weakref__',)

    def __init_subclass__(cls, /, *args, **kwds):
        if '_root' not in kwds:
            raise TypeError('Cannot subclass special typing classes')


class _Immutable:
    """Copies are the thing itself."""

    __slots__ = ()

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _NotIterable:
    """Subscription must not make it iterable."""

    __slots__ = ()
    __iter__ = None


class _SpecialForm(_Final, _NotIterable, _root=True):
    # Names like Union that are no classes; each has a documentation of its own.

    __slots__ = ('_name', '__doc__', '_getitem')

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = getitem.__name__
        self.__doc__ = getitem.__doc__

    def __getattr__(self, item):
        if item in {'__name__', '__qualname__'}:
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

    @_tp_cache
    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _LiteralSpecialForm(_SpecialForm, _root=True):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return self._getitem(self, *parameters)


def _plain(name, doc):
    """A form that takes no arguments."""
    def getitem(self, params):
        raise TypeError(f'{self} is not subscriptable')
    getitem.__name__, getitem.__doc__ = name, doc
    return _SpecialForm(getitem)


def _one_type(name, doc, words, **options):
    """A form that takes one type."""
    def getitem(self, parameters):
        return _GenericAlias(self, (_type_check(parameters, f'{self} {words}', **options),))
    getitem.__name__, getitem.__doc__ = name, doc
    return _SpecialForm(getitem)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(obj)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Any type at all; a class may derive from it."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls, *args, **kwargs)


NoReturn = _plain('NoReturn', 'The function never returns.')
Never = _plain('Never', 'The type that has no values.')
Self = _plain('Self', 'The class around the method, or a subclass.')
LiteralString = _plain('LiteralString', 'A str that comes from literals alone.')
TypeAlias = _plain('TypeAlias', 'What is assigned is another name for a type.')
ClassVar = _one_type('ClassVar', 'The variable belongs to the class.', 'accepts only single type.')
Final = _one_type('Final', 'The name is never assigned again.', 'accepts only single type.')
TypeGuard = _one_type('TypeGuard', 'The function answers whether its argument has this type.', 'accepts only single type.')
Required = _one_type('Required', 'The key of a TypedDict must be there.', 'accepts only a single type.',
                     allow_special_forms=True)
NotRequired = _one_type('NotRequired', 'The key of a TypedDict may be missing.', 'accepts only a single type.',
                        allow_special_forms=True)


@_SpecialForm
def Union(self, parameters):
    """One of several types: Union[int, str], which is int | str."""
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    msg = 'Union[arg, ...]: each arg must be a type.'
    parameters = _remove_dups_flatten([_type_check(p, msg) for p in parameters])
    if len(parameters) == 1:
        return parameters[0]
    if len(parameters) == 2 and _NoneType in parameters:
        return _UnionGenericAlias(self, parameters, name='Optional')
    return _UnionGenericAlias(self, parameters)


@_SpecialForm
def Optional(self, parameters):
    """The type or None."""
    return Union[_type_check(parameters, f'{self} requires a single type.'), _NoneType]


@_LiteralSpecialForm
@_tp_cache(typed=True)
def Literal(self, *parameters):
    """One of these values."""
    flat = []
    for param in parameters:
        if isinstance(param, _LiteralGenericAlias):
            flat.extend(param.__args__)
        else:
            flat.append(param)
    try:
        # 1 and True are different literals.
        unique = {(value, type(value)): value for value in flat}
        flat = unique.values()
    except TypeError:
        pass  # not hashable
    return _LiteralGenericAlias(self, tuple(flat))


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters in front of those of a ParamSpec."""
    if parameters == ():
        raise TypeError('Cannot take a Concatenate of no types.')
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError('The last parameter to Concatenate should be a ParamSpec variable or ellipsis.')
    msg = 'Concatenate[arg, ...]: each arg must be a type.'
    return _ConcatenateGenericAlias(self, (*[_type_check(p, msg) for p in parameters[:-1]], parameters[-1]))


@_SpecialForm
def Unpack(self, parameters):
    """The items of a tuple type, or of a TypeVarTuple."""
    return _UnpackGenericAlias(origin=self, args=(_type_check(parameters, f'{self} accepts only single type.'),))


from _typing_variables import (  # noqa: E402
    ForwardRef, _eval_type, _Variable, TypeVar, TypeVarTuple, _ParamPart, ParamSpecArgs, ParamSpecKwargs, ParamSpec)


# --- subscripted types ---

class _BaseGenericAlias(_Final, _root=True):
    """A type with arguments, or one that can get some; it passes on to the class what is not its own."""

    def __init__(self, origin, *, inst=True, name=None):
        self._inst, self._name = inst, name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except AttributeError:
            pass  # it has slots
        return result

    def __mro_entries__(self, bases):
        entries = []
        if self.__origin__ not in bases:
            entries.append(self.__origin__)
        later = bases[bases.index(self) + 1:]
        if not any([isinstance(b, _BaseGenericAlias) or isinstance(b, type) and issubclass(b, Generic) for b in later]):
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, attr):
        if attr in {'__origin__', '__args__'}:
            return super().__getattr__(attr)
        if attr in {'__name__', '__qualname__'}:
            return self._name or self.__origin__.__name__
        if '__origin__' in self.__dict__ and not _is_dunder(attr):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __setattr__(self, attr, value):
        if _is_dunder(attr) or attr in {'_name', '_inst', '_nparams'}:
            super().__setattr__(attr, value)
        else:
            setattr(self.__origin__, attr, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __dir__(self):
        return list({*super().__dir__(), *[name for name in dir(self.__origin__) if not _is_dunder(name)]})


def _is_unpacked_variadic(arg):
    return not isinstance(arg, type) and getattr(arg, '__typing_is_unpacked_typevartuple__', False)


class _GenericAlias(_BaseGenericAlias, _root=True):
    """A type with its arguments."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = args
        self.__parameters__ = _collect_parameters(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    @_tp_cache
    def __getitem__(self, args):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_unpack_args([_type_convert(arg) for arg in args]))
        params = self.__parameters__
        for param in params:
            prepare = getattr(param, '__typing_prepare_subst__', None)
            if prepare is not None:
                args = prepare(self, args)
        if len(args) != len(params):
            _check_generic(self, args, len(params))
        return self.copy_with(tuple(self._substitute(self.__args__, dict(zip(params, args)))))

    def _substitute(self, args, by_param):
        result = []
        for old in args:
            new = self._substitute_one(old, by_param)
            if isinstance(new, tuple) and (self.__origin__ is collections.abc.Callable and not isinstance(old, tuple)
                                           or _is_unpacked_variadic(old)):
                result.extend(new)
            else:
                result.append(new)
        return result

    def _substitute_one(self, old, by_param):
        if isinstance(old, type):
            return old
        if isinstance(old, tuple):
            return tuple(self._substitute(old, by_param))
        substitute = getattr(old, '__typing_subst__', None)
        if substitute is not None:
            return substitute(by_param[old])
        inner = getattr(old, '__parameters__', ())
        if not inner:
            return old
        args = []
        for param in inner:
            if isinstance(param, TypeVarTuple):
                args.extend(by_param[param])
            else:
                args.append(by_param[param])
        if _is_unpacked_variadic(old):
            return tuple(args)
        return old[tuple(args)]

    def copy_with(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _type_repr(self.__origin__)
        args = ', '.join(['[%s]' % ', '.join(map(_type_repr, a)) if isinstance(a, tuple) else _type_repr(a)
                          for a in self.__args__]) if self.__args__ else '()'
        return f'{name}[{args}]'

    def __reduce__(self):
        origin = getattr(sys.modules['typing'], self._name) if self._name else self.__origin__
        args = self.__args__
        if len(args) == 1 and not isinstance(args[0], tuple):
            args, = args
        return operator.getitem, (origin, args)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f'Cannot subclass {self!r}')
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            for base in bases[bases.index(self) + 1:]:
                if isinstance(base, _BaseGenericAlias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


class _SpecialGenericAlias(_NotIterable, _BaseGenericAlias, _root=True):
    """List, Dict and so on: the name for a class that takes so many arguments."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=origin.__name__ if name is None else name)
        self._nparams = nparams
        if origin.__module__ == 'builtins':
            self.__doc__ = f'A generic version of {origin.__qualname__}.'
        else:
            self.__doc__ = f'A generic version of {origin.__module__}.{origin.__qualname__}.'

    @_tp_cache
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_type_check(p, 'Parameters to generic types must be types.') for p in params])
        _check_generic(self, params, self._nparams)
        return self.copy_with(params)

    def copy_with(self, params):
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        return 'typing.' + self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _CallableGenericAlias(_NotIterable, _GenericAlias, _root=True):
    """Callable[[int], str]: its arguments are int and str."""

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f'typing.Callable[[{", ".join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]'

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (Callable, args)


class _CallableType(_SpecialGenericAlias, _root=True):
    def copy_with(self, params):
        return _CallableGenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = params
        return self._make((tuple(args) if isinstance(args, list) else args, result))

    @_tp_cache
    def _make(self, params):
        args, result = params
        result = _type_check(result, 'Callable[args, result]: result must be a type.')
        if args is ...:
            return self.copy_with((..., result))
        if not isinstance(args, tuple):
            args = (args,)
        return self.copy_with((*[_type_convert(arg) for arg in args], result))


class _TupleType(_SpecialGenericAlias, _root=True):
    @_tp_cache
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if len(params) >= 2 and params[-1] is ...:
            msg = 'Tuple[t, ...]: t must be a type.'
            return self.copy_with((*[_type_check(p, msg) for p in params[:-1]], ...))
        msg = 'Tuple[t0, t1, ...]: each t must be a type.'
        return self.copy_with(tuple([_type_check(p, msg) for p in params]))


class _UnionGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def copy_with(self, params):
        return Union[params]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _NoneType in args:
            return f'typing.Optional[{_type_repr(args[1] if args[0] is _NoneType else args[0])}]'
        return f'typing.Union[{", ".join(map(_type_repr, args))}]'

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return any([issubclass(cls, arg) for arg in self.__args__])

    def __reduce__(self):
        return operator.getitem, (Union, self.__args__)


class _LiteralGenericAlias(_GenericAlias, _root=True):
    def _values(self):
        return {(value, type(value)) for value in self.__args__}

    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self):
        return hash(frozenset(self._values()))


class _ConcatenateGenericAlias(_GenericAlias, _root=True):
    def copy_with(self, params):
        if isinstance(params[-1], (list, tuple)):
            return (*params[:-1], *params[-1])
        if isinstance(params[-1], _ConcatenateGenericAlias):
            params = (*params[:-1], *params[-1].__args__)
        return super().copy_with(params)


class _UnpackGenericAlias(_GenericAlias, _root=True):
    def __repr__(self):
        # As it is written in a signature.
        return '*' + repr(self.__args__[0])

    def __getitem__(self, args):
        if self.__typing_is_unpacked_typevartuple__:
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg, = self.__args__
        if isinstance(arg, (_GenericAlias, GenericAlias)):
            if arg.__origin__ is not tuple:
                raise TypeError('Unpack[...] must be used with a tuple type')
            return arg.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_NotIterable, _GenericAlias, _root=True):
    """Annotated[int, ...]: behaves as the type, and has more to tell."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin, name='Annotated')
        self.__metadata__ = metadata

    def copy_with(self, params):
        assert len(params) == 1
        return _AnnotatedAlias(params[0], self.__metadata__)

    def __repr__(self):
        return f'typing.Annotated[{_type_repr(self.__origin__)}, {", ".join(map(repr, self.__metadata__))}]'

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__,) + self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, attr):
        if attr in {'__name__', '__qualname__'}:
            return 'Annotated'
        return super().__getattr__(attr)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    """A type with anything that tools may want to know: Annotated[int, 'metres']."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError('Type Annotated cannot be instantiated.')

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple) or len(params) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
        return cls._make(params)

    @_tp_cache(typed=True)
    def _make(params):
        if _is_unpacked_variadic(params[0]):
            raise TypeError('Annotated[...] should not be used with an unpacked TypeVarTuple')
        origin = _type_check(params[0], 'Annotated[t, ...]: t must be a type.', allow_special_forms=True)
        return _AnnotatedAlias(origin, tuple(params[1:]))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f'Cannot subclass {cls.__module__}.Annotated')


# --- generic classes ---

def _generic_class_getitem(cls, params):
    """Generic.__class_getitem__"""
    if not isinstance(params, tuple):
        params = (params,)
    params = tuple([_type_convert(p) for p in params])
    if cls in (Generic, Protocol):
        if not params:
            raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
        if not all([isinstance(p, (TypeVar, ParamSpec)) or _is_unpacked_variadic(p) for p in params]):
            raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification '
                            'variables.')
        if len(set(params)) != len(params):
            raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        return _GenericAlias(cls, params)
    for param in cls.__parameters__:
        prepare = getattr(param, '__typing_prepare_subst__', None)
        if prepare is not None:
            params = prepare(cls, params)
    _check_generic(cls, params, len(cls.__parameters__))
    new_args = []
    for param, arg in zip(cls.__parameters__, params):
        if isinstance(param, TypeVarTuple):
            new_args.extend(arg)
        else:
            new_args.append(arg)
    return _GenericAlias(cls, tuple(new_args))


class Generic:
    """The base of generic classes: class Stack(Generic[T])."""

    __slots__ = ()
    _is_protocol = False

    __class_getitem__ = classmethod(_tp_cache(_generic_class_getitem))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        variables = []
        if '__orig_bases__' in cls.__dict__:
            wrong = Generic in cls.__orig_bases__
        else:
            wrong = (Generic in cls.__bases__ and cls.__name__ != 'Protocol'
                     and type(cls).__name__ != '_TypedDictMeta')
        if wrong:
            raise TypeError('Cannot inherit from plain Generic')
        if '__orig_bases__' in cls.__dict__:
            variables = _collect_parameters(cls.__orig_bases__)
            declared = None
            for base in cls.__orig_bases__:
                if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                    if declared is not None:
                        raise TypeError('Cannot inherit from Generic[...] multiple times.')
                    declared = base.__parameters__
            if declared is not None:
                missing = [v for v in variables if v not in declared]
                if missing:
                    s_vars, s_args = ', '.join(map(str, missing)), ', '.join(map(str, declared))
                    raise TypeError(f'Some type variables ({s_vars}) are not listed in Generic[{s_args}]')
                variables = declared
        cls.__parameters__ = tuple(variables)


Callable = _CallableType(collections.abc.Callable, 2)

"""Types for annotations: what is known of values before the program runs, and a little that works while it runs.

The core is in _typing_core and _typing_protocols. Here are the names for the library's classes, NamedTuple, TypedDict,
NewType, what inspects hints (get_type_hints and its relatives), and the decorators for type checkers.
"""
import collections
import collections.abc
import contextlib
import functools
import sys
import types
from abc import abstractmethod

from _typing_core import (
    Annotated, Any, Callable, ClassVar, Concatenate, Final, ForwardRef, Generic, Literal, LiteralString, Never, NoReturn,
    NotRequired, Optional, ParamSpec, ParamSpecArgs, ParamSpecKwargs, Required, Self, TypeAlias, TypeGuard, TypeVar,
    TypeVarTuple, Union, Unpack, _AnnotatedAlias, _AnyMeta, _BaseGenericAlias, _CallableGenericAlias, _CallableType,
    _cleanups, _ConcatenateGenericAlias, _Final, _GenericAlias, _Immutable, _is_param_expr, _LiteralGenericAlias,
    _NotIterable, _SpecialForm, _SpecialGenericAlias, _TupleType, _UnionGenericAlias, _UnpackGenericAlias, _caller,
    _collect_parameters, _eval_type, _remove_dups_flatten, _tp_cache, _type_check, _type_convert, _type_repr)
from _typing_protocols import (
    Protocol, SupportsAbs, SupportsBytes, SupportsComplex, SupportsFloat, SupportsIndex, SupportsInt, SupportsRound,
    _get_protocol_attrs, _no_init_or_replace_init, _ProtocolMeta, runtime_checkable)

GenericAlias = types.GenericAlias
MethodWrapperType, MethodDescriptorType = types.MethodWrapperType, types.MethodDescriptorType
WrapperDescriptorType = types.WrapperDescriptorType

__all__ = [
    'Annotated', 'Any', 'Callable', 'ClassVar', 'Concatenate', 'Final', 'ForwardRef', 'Generic', 'Literal', 'Optional',
    'ParamSpec', 'Protocol', 'Tuple', 'Type', 'TypeVar', 'TypeVarTuple', 'Union', 'AbstractSet', 'ByteString',
    'Container', 'ContextManager', 'Hashable', 'ItemsView', 'Iterable', 'Iterator', 'KeysView', 'Mapping', 'MappingView',
    'MutableMapping', 'MutableSequence', 'MutableSet', 'Sequence', 'Sized', 'ValuesView', 'Awaitable', 'AsyncIterator',
    'AsyncIterable', 'Coroutine', 'Collection', 'AsyncGenerator', 'AsyncContextManager', 'Reversible', 'SupportsAbs',
    'SupportsBytes', 'SupportsComplex', 'SupportsFloat', 'SupportsIndex', 'SupportsInt', 'SupportsRound', 'ChainMap',
    'Counter', 'Deque', 'Dict', 'DefaultDict', 'List', 'OrderedDict', 'Set', 'FrozenSet', 'NamedTuple', 'TypedDict',
    'Generator', 'BinaryIO', 'IO', 'Match', 'Pattern', 'TextIO', 'AnyStr', 'assert_type', 'assert_never', 'cast',
    'clear_overloads', 'dataclass_transform', 'final', 'get_args', 'get_origin', 'get_overloads', 'get_type_hints',
    'is_typeddict', 'LiteralString', 'Never', 'NewType', 'no_type_check', 'no_type_check_decorator', 'NoReturn',
    'NotRequired', 'overload', 'ParamSpecArgs', 'ParamSpecKwargs', 'Required', 'reveal_type', 'runtime_checkable', 'Self',
    'Text', 'TYPE_CHECKING', 'TypeAlias', 'TypeGuard', 'Unpack',
]

# Type checkers read it as True.
TYPE_CHECKING = False
Text = str

T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')
T_co = TypeVar('T_co', covariant=True)
V_co = TypeVar('V_co', covariant=True)
VT_co = TypeVar('VT_co', covariant=True)
T_contra = TypeVar('T_contra', contravariant=True)
CT_co = TypeVar('CT_co', covariant=True, bound=type)
AnyStr = TypeVar('AnyStr', bytes, str)

# --- names for classes of the library ---

_alias = _SpecialGenericAlias
_abc = collections.abc

Hashable = _alias(_abc.Hashable, 0)
Awaitable = _alias(_abc.Awaitable, 1)
Coroutine = _alias(_abc.Coroutine, 3)
AsyncIterable = _alias(_abc.AsyncIterable, 1)
AsyncIterator = _alias(_abc.AsyncIterator, 1)
Iterable = _alias(_abc.Iterable, 1)
Iterator = _alias(_abc.Iterator, 1)
Reversible = _alias(_abc.Reversible, 1)
Sized = _alias(_abc.Sized, 0)
Container = _alias(_abc.Container, 1)
Collection = _alias(_abc.Collection, 1)
AbstractSet = _alias(_abc.Set, 1, name='AbstractSet')
MutableSet = _alias(_abc.MutableSet, 1)
Mapping = _alias(_abc.Mapping, 2)
MutableMapping = _alias(_abc.MutableMapping, 2)
Sequence = _alias(_abc.Sequence, 1)
MutableSequence = _alias(_abc.MutableSequence, 1)
ByteString = _alias(_abc.ByteString, 0)
Tuple = _TupleType(tuple, -1, inst=False, name='Tuple')
List = _alias(list, 1, inst=False, name='List')
Deque = _alias(collections.deque, 1, name='Deque')
Set = _alias(set, 1, inst=False, name='Set')
FrozenSet = _alias(frozenset, 1, inst=False, name='FrozenSet')
MappingView = _alias(_abc.MappingView, 1)
KeysView = _alias(_abc.KeysView, 1)
ItemsView = _alias(_abc.ItemsView, 2)
ValuesView = _alias(_abc.ValuesView, 1)
ContextManager = _alias(contextlib.AbstractContextManager, 1, name='ContextManager')
AsyncContextManager = _alias(contextlib.AbstractAsyncContextManager, 1, name='AsyncContextManager')
Dict = _alias(dict, 2, inst=False, name='Dict')
DefaultDict = _alias(collections.defaultdict, 2, name='DefaultDict')
OrderedDict = _alias(collections.OrderedDict, 2)
Counter = _alias(collections.Counter, 1)
ChainMap = _alias(collections.ChainMap, 2)
Generator = _alias(_abc.Generator, 3)
AsyncGenerator = _alias(_abc.AsyncGenerator, 2)
Type = _alias(type, 1, inst=False, name='Type')


class _DeprecatedType(type):
    """The class of typing.io and typing.re, which were modules once."""

    def __getattribute__(cls, name):
        if name not in ('__dict__', '__module__') and name in cls.__dict__:
            import warnings
            warnings.warn(f'{cls.__name__} is deprecated, import directly from typing instead. '
                          f'{cls.__name__} will be removed in Python 3.12.', DeprecationWarning, stacklevel=2)
        return super().__getattribute__(name)


def _make_regular_expression_names():
    import re as _re
    names = globals()
    names['Pattern'] = _alias(_re.Pattern, 1)
    names['Match'] = _alias(_re.Match, 1)
    names['re'] = _DeprecatedType('typing.re', (), {'__all__': ['Pattern', 'Match'], 'Pattern': names['Pattern'],
                                                    'Match': names['Match'], '__module__': 'typing',
                                                    '__doc__': 'Wrapper namespace for re type aliases.'})
    sys.modules.setdefault('typing.re', names['re'])


def __getattr__(name):
    # Few programs ask for these, and re is large.
    if name in ('Pattern', 'Match', 're'):
        _make_regular_expression_names()
        return globals()[name]
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


# --- hints ---

def _own_hints(obj):
    """The annotations of a function, module or other object; TypeError if it can have none."""
    hints = getattr(obj, '__annotations__', None)
    if hints is not None:
        return dict(hints)
    if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                        WrapperDescriptorType, MethodWrapperType, MethodDescriptorType)):
        return {}
    raise TypeError(f'{obj!r} is not a module, class, method, or function.')


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class with its bases, a function or a module; texts are evaluated."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    if isinstance(obj, type):
        hints = _hints_of_class(obj, globalns, localns)
    else:
        if isinstance(obj, types.ModuleType):
            found_globals = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, '__wrapped__'):
                inner = inner.__wrapped__
            found_globals = getattr(inner, '__globals__', {})
        if globalns is None:
            globalns = found_globals
            localns = globalns if localns is None else localns
        elif localns is None:
            localns = globalns
        hints = {}
        for name, value in _own_hints(obj).items():
            value = _NoneType if value is None else value
            if isinstance(value, str):
                value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType), is_class=False)
            hints[name] = _eval_type(value, globalns, localns)
    return hints if include_extras else {name: _strip_annotations(t) for name, t in hints.items()}


_NoneType = type(None)


def _hints_of_class(cls, globalns, localns):
    hints = {}
    for base in reversed(cls.__mro__):
        if globalns is None:
            base_globals = getattr(sys.modules.get(base.__module__, None), '__dict__', {})
        else:
            base_globals = globalns
        base_locals = dict(vars(base)) if localns is None else localns
        if localns is None and globalns is None:
            # The names of the module come before those of the class, as in a method.
            base_globals, base_locals = base_locals, base_globals
        annotations = base.__dict__.get('__annotations__', {})
        if isinstance(annotations, types.GetSetDescriptorType):
            annotations = {}
        for name, value in annotations.items():
            value = _NoneType if value is None else value
            if isinstance(value, str):
                value = ForwardRef(value, is_argument=False, is_class=True)
            hints[name] = _eval_type(value, base_globals, base_locals)
    return hints


def _strip_annotations(t):
    """The type without Annotated, Required and NotRequired."""
    if isinstance(t, _AnnotatedAlias):
        return _strip_annotations(t.__origin__)
    if hasattr(t, '__origin__') and t.__origin__ in (Required, NotRequired):
        return _strip_annotations(t.__args__[0])
    if isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        stripped = tuple([_strip_annotations(arg) for arg in t.__args__])
        if stripped == t.__args__:
            return t
        if isinstance(t, _GenericAlias):
            return t.copy_with(stripped)
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, stripped)
        import operator
        return functools.reduce(operator.or_, stripped)
    return t


def get_origin(tp):
    """What was subscripted: get_origin(List[int]) is list."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """What it was subscripted with: get_args(Dict[int, str]) is (int, str)."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        args = tp.__args__
        if get_origin(tp) is collections.abc.Callable and not (len(args) == 2 and _is_param_expr(args[0])):
            args = (list(args[:-1]), args[-1])
        return args
    if isinstance(tp, types.UnionType):
        return tp.__args__
    return ()


def is_typeddict(tp):
    """Whether it is a class made by TypedDict."""
    return isinstance(tp, _TypedDictMeta)


# --- what type checkers understand ---

def cast(typ, val):
    """The value, unchanged: the checker takes it for this type."""
    return val


def assert_type(val, typ, /):
    """The value, unchanged: the checker complains if it is not of this type."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg, /):
    """The checker complains if this can be reached; it is an error if it is."""
    value = repr(arg)
    if len(value) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        value = value[:_ASSERT_NEVER_REPR_MAX_LENGTH] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {value}')


def reveal_type(obj, /):
    """The value, unchanged: the checker says its type, and so does this, to sys.stderr."""
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def no_type_check(arg):
    """The annotations of this function or class are not types."""
    if isinstance(arg, type):
        for name in dir(arg):
            obj = getattr(arg, name)
            if not hasattr(obj, '__qualname__') or obj.__qualname__ != f'{arg.__qualname__}.{obj.__name__}' or \
                    getattr(obj, '__module__', None) != arg.__module__:
                continue  # it belongs to another class
            if isinstance(obj, types.FunctionType):
                obj.__no_type_check__ = True
            elif isinstance(obj, types.MethodType):
                obj.__func__.__no_type_check__ = True
            elif isinstance(obj, type):
                no_type_check(obj)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass  # a class of the interpreter
    return arg


def no_type_check_decorator(decorator):
    """Let a decorator do what no_type_check does."""
    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


def _overload_dummy(*args, **kwds):
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions '
                              'outside a stub module should always be followed by an implementation that is not '
                              '@overload-ed.')


# module -> qualified name -> first line -> function
_overload_registry = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    """One of the signatures of a function; the function itself follows them."""
    inner = getattr(func, '__func__', func)
    try:
        _overload_registry[inner.__module__][inner.__qualname__][inner.__code__.co_firstlineno] = func
    except AttributeError:
        pass  # not a plain function: only the checker knows it
    return _overload_dummy


def get_overloads(func):
    """The overloads of a function, as they were defined."""
    inner = getattr(func, '__func__', func)
    by_name = _overload_registry.get(inner.__module__, {})
    return list(by_name.get(inner.__qualname__, {}).values())


def clear_overloads():
    """Forget all overloads."""
    _overload_registry.clear()


def final(f):
    """The method is not overridden, the class has no subclasses."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs):
    """The function, class or metaclass makes dataclasses."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            'eq_default': eq_default, 'order_default': order_default, 'kw_only_default': kw_only_default,
            'field_specifiers': field_specifiers, 'kwargs': kwargs}
        return cls_or_fn
    return decorator


class NewType:
    """A type of its own for the checker, and the same type when the program runs: UserId = NewType('UserId', int)."""

    __call__ = None

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    def __call__(self, x):
        return x

    def __mro_entries__(self, bases):
        superclass = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                subclass = cls.__name__
                raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: '
                                f'`{subclass} = NewType({subclass!r}, {superclass})`')

        return (Dummy,)

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# --- NamedTuple ---

def _make_nmtuple(name, annotations, module, defaults=()):
    annotations = {field: _type_check(t, f'field {field} annotation must be a type')
                   for field, t in annotations.items()}
    made = collections.namedtuple(name, annotations, defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = annotations
    return made


_PROHIBITED = frozenset(['__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults',
                         '_field_types', '_make', '_replace', '_asdict', '_source'])
_SPECIAL = frozenset(['__module__', '__name__', '__annotations__'])


class NamedTupleMeta(type):
    """Turns a class body with annotations into a namedtuple with methods."""

    def __new__(cls, typename, bases, ns):
        assert _NamedTuple in bases
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        bases = tuple([tuple if base is _NamedTuple else base for base in bases])
        types = ns.get('__annotations__', {})
        defaults = []
        for field in types:
            if field in ns:
                defaults.append(field)
            elif defaults:
                raise TypeError(f'Non-default namedtuple field {field} cannot follow default field'
                                f'{"s" if len(defaults) > 1 else ""} {", ".join(defaults)}')
        made = _make_nmtuple(typename, types, ns['__module__'], [ns[field] for field in defaults])
        if bases != made.__bases__:
            made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key in ns:
            if key in _PROHIBITED:
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in _SPECIAL and key not in made._fields:
                setattr(made, key, ns[key])
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=None, /, **kwargs):
    """A namedtuple with types: as the base of a class, or NamedTuple('Point', [('x', int), ('y', int)])."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    made = _make_nmtuple(typename, dict(fields), module=_caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


# --- TypedDict ---

class _TypedDictMeta(type):
    """Makes classes of dict that know their keys."""

    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
        generic = (Generic,) if any([issubclass(base, Generic) for base in bases]) else ()
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        msg = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _type_check(t, msg, module=made.__module__) for key, t in ns.get('__annotations__', {}).items()}
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get('__annotations__', {}))
            required.update(base.__dict__.get('__required_keys__', ()))
            optional.update(base.__dict__.get('__optional_keys__', ()))
        annotations.update(own)
        for key, t in own.items():
            outer = get_origin(t)
            if outer is Annotated:
                args = get_args(t)
                t = args[0] if args else t
                outer = get_origin(t)
            if outer is Required or outer is not NotRequired and total:
                required.add(key)
            else:
                optional.add(key)
        made.__annotations__ = annotations
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        if not hasattr(made, '__total__'):
            made.__total__ = total
        return made

    __call__ = dict  # an instance is a plain dict

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dict with known keys: as the base of a class, or TypedDict('Point', {'x': int, 'y': int})."""
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError('TypedDict takes either a dict or keyword arguments, but not both')
    if kwargs:
        import warnings
        warnings.warn('The kwargs-based syntax for TypedDict definitions is deprecated in Python 3.11, will be removed '
                      'in Python 3.13, and may not be understood by third-party type checkers.', DeprecationWarning,
                      stacklevel=2)
    ns = {'__annotations__': dict(fields)}
    module = _caller()
    if module is not None:
        ns['__module__'] = module
    return _TypedDictMeta(typename, (), ns, total=total)


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


# --- files ---

class IO(Generic[AnyStr]):
    """What open() returns, in so far as str and bytes do not differ: IO[str] or IO[bytes].

    See TextIO and BinaryIO.
    """

    __slots__ = ()


class BinaryIO(IO[bytes]):
    """What open() returns in binary mode."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> 'BinaryIO':
        pass


class TextIO(IO[str]):
    """What open() returns in text mode."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> 'TextIO':
        pass


def _declare(cls, **signatures):
    """Add abstract methods or, where the text begins with @, properties; each is written as its signature."""
    for name, signature in signatures.items():
        namespace = {}
        exec(f'def {name}{signature.lstrip("@")}:\n    pass', globals(), namespace)
        method = abstractmethod(namespace[name])
        method.__qualname__ = f'{cls.__name__}.{name}'
        setattr(cls, name, property(method) if signature[0] == '@' else method)


_declare(IO, mode='@(self) -> str', name='@(self) -> str', close='(self) -> None', closed='@(self) -> bool',
         fileno='(self) -> int', flush='(self) -> None', isatty='(self) -> bool', read='(self, n: int = -1) -> AnyStr',
         readable='(self) -> bool', readline='(self, limit: int = -1) -> AnyStr',
         readlines='(self, hint: int = -1) -> List[AnyStr]', seek='(self, offset: int, whence: int = 0) -> int',
         seekable='(self) -> bool', tell='(self) -> int', truncate='(self, size: int = None) -> int',
         writable='(self) -> bool', write='(self, s: AnyStr) -> int', writelines='(self, lines: List[AnyStr]) -> None',
         __enter__="(self) -> 'IO[AnyStr]'", __exit__='(self, type, value, traceback) -> None')
_declare(BinaryIO, write='(self, s: Union[bytes, bytearray]) -> int')
_declare(TextIO, buffer='@(self) -> BinaryIO', encoding='@(self) -> str', errors='@(self) -> Optional[str]',
         line_buffering='@(self) -> bool', newlines='@(self) -> Any')

io = _DeprecatedType('typing.io', (), {'__all__': ['IO', 'TextIO', 'BinaryIO'], 'IO': IO, 'TextIO': TextIO,
                                       'BinaryIO': BinaryIO, '__module__': 'typing',
                                       '__doc__': 'Wrapper namespace for IO generic classes.'})
sys.modules.setdefault('typing.io', io)

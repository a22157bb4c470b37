"""Protocols: classes that say what others must have, without being their base. A part of typing."""
import abc
import collections.abc
from abc import abstractmethod

import _typing_core
from _typing_core import Generic, TypeVar, _caller

# What is defined here belongs to typing, and is found there.
__name__ = 'typing'

_NOT_MEMBERS = frozenset(['__parameters__', '__orig_bases__', '__orig_class__', '_is_protocol', '_is_runtime_protocol',
                          '__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__',
                          '__new__', '__slots__', '__subclasshook__', '__weakref__', '__class_getitem__',
                          '__match_args__', '_MutableMapping__marker'])


def _get_protocol_attrs(cls):
    """The names that a class must have to follow the protocol."""
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        for name in [*base.__dict__, *getattr(base, '__annotations__', {})]:
            if not name.startswith('_abc_') and name not in _NOT_MEMBERS:
                names.add(name)
    return names


def _is_callable_members_only(cls):
    return all([callable(getattr(cls, name, None)) for name in _get_protocol_attrs(cls)])


def _no_init_or_replace_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError('Protocols cannot be instantiated')
    if cls.__init__ is not _no_init_or_replace_init:
        return
    # A class that follows the protocol has got this in place of the __init__ of a later base.
    for base in cls.__mro__:
        init = base.__dict__.get('__init__', _no_init_or_replace_init)
        if init is not _no_init_or_replace_init:
            cls.__init__ = init
            break
    else:
        cls.__init__ = object.__init__
    cls.__init__(self, *args, **kwargs)


def _allow_reckless_class_checks(depth=3):
    """Whether abc or functools asks: they look at all classes, protocols among them."""
    return _caller(depth) in {'abc', 'functools', None}


_ALLOWED_BASES = {
    'collections.abc': ['Callable', 'Awaitable', 'Iterable', 'Iterator', 'AsyncIterable', 'Hashable', 'Sized',
                        'Container', 'Collection', 'Reversible'],
    'contextlib': ['AbstractContextManager', 'AbstractAsyncContextManager'],
}


class _ProtocolMeta(abc.ABCMeta):
    """isinstance() looks at what the object has, if the protocol allows it."""

    def __instancecheck__(cls, instance):
        is_protocol = getattr(cls, '_is_protocol', False)
        if is_protocol and not getattr(cls, '_is_runtime_protocol', False) and not _allow_reckless_class_checks(2):
            raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
        if (not is_protocol or _is_callable_members_only(cls)) and issubclass(instance.__class__, cls):
            return True
        if is_protocol and all([hasattr(instance, name) and (
                not callable(getattr(cls, name, None)) or getattr(instance, name) is not None)
                for name in _get_protocol_attrs(cls)]):
            return True
        return super().__instancecheck__(instance)


def _proto_hook(cls, other):
    """The __subclasshook__ of protocols."""
    if not cls.__dict__.get('_is_protocol', False):
        return NotImplemented
    if not getattr(cls, '_is_runtime_protocol', False):
        if _allow_reckless_class_checks():
            return NotImplemented
        raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
    if not _is_callable_members_only(cls):
        if _allow_reckless_class_checks():
            return NotImplemented
        raise TypeError("Protocols with non-method members don't support issubclass()")
    if not isinstance(other, type):
        raise TypeError('issubclass() arg 1 must be a class')
    for name in _get_protocol_attrs(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            annotations = getattr(base, '__annotations__', {})
            if isinstance(annotations, collections.abc.Mapping) and name in annotations and issubclass(
                    other, Generic) and other._is_protocol:
                break
        else:
            return NotImplemented
    return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of protocols: classes that say what others must have, without being their base."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol', False):
            cls._is_protocol = any([base is Protocol for base in cls.__bases__])
        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_proto_hook)
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            allowed = (base in (object, Generic)
                       or base.__name__ in _ALLOWED_BASES.get(base.__module__, ())
                       or issubclass(base, Generic) and getattr(base, '_is_protocol', False))
            if not allowed:
                raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
        if cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init_or_replace_init


def runtime_checkable(cls):
    """Let isinstance() and issubclass() work with a protocol; they look at names alone."""
    if not issubclass(cls, Generic) or not cls._is_protocol:
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


_typing_core.Protocol = Protocol
T_co = TypeVar('T_co', covariant=True)


# --- protocols of single operations ---

@runtime_checkable
class SupportsInt(Protocol):
    """Has __int__."""

    __slots__ = ()

    @abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """Has __float__."""

    __slots__ = ()

    @abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """Has __complex__."""

    __slots__ = ()

    @abstractmethod
    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """Has __bytes__."""

    __slots__ = ()

    @abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """Has __index__."""

    __slots__ = ()

    @abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """Has __abs__."""

    __slots__ = ()

    @abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """Has __round__."""

    __slots__ = ()

    @abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass

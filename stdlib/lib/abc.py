"""Abstract base classes: classes that say what a subclass must define, and that accept unrelated classes as subclasses.

The work (which classes are accepted, and the memory of earlier answers) is done by the native module _abc.
"""
from _abc import (get_cache_token, _abc_init, _abc_register, _abc_instancecheck, _abc_subclasscheck, _get_dump,
                  _reset_registry, _reset_caches)


def abstractmethod(funcobj):
    """Mark a method that a concrete subclass must override.

    A class of ABCMeta that has such methods, its own or inherited ones, cannot be instantiated.
    """
    funcobj.__isabstractmethod__ = True
    return funcobj


class _MarksFunction:
    """Mixed into a descriptor: the function that it is made of becomes abstract with it."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractclassmethod(_MarksFunction, classmethod):
    """A class method that is abstract. Deprecated: put @classmethod over @abstractmethod."""


class abstractstaticmethod(_MarksFunction, staticmethod):
    """A static method that is abstract. Deprecated: put @staticmethod over @abstractmethod."""


class abstractproperty(property):
    """A property that is abstract. Deprecated: put @property over @abstractmethod."""

    __isabstractmethod__ = True


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        """Make `subclass` count as a subclass of this one. Returns it, so this can be a decorator."""
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        """What isinstance(instance, cls) asks."""
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        """What issubclass(subclass, cls) asks."""
        return _abc_subclasscheck(cls, subclass)

    def _dump_registry(cls, file=None):
        """Print what is remembered about the class, for debugging."""
        described = [('Class', f'{cls.__module__}.{cls.__qualname__}'), ('Inv. counter', get_cache_token())]
        parts = '_abc_registry', '_abc_cache', '_abc_negative_cache', '_abc_negative_cache_version'
        described += [(name, repr(part)) for name, part in zip(parts, _get_dump(cls))]
        for name, value in described:
            print(f'{name}: {value}', file=file)

    def _abc_registry_clear(cls):
        _reset_registry(cls)

    def _abc_caches_clear(cls):
        _reset_caches(cls)


def update_abstractmethods(cls):
    """Work out again which methods of `cls` are abstract, after some were added to it or replaced."""
    if hasattr(cls, '__abstractmethods__'):
        inherited = {name for base in cls.__bases__ for name in getattr(base, '__abstractmethods__', ())}
        candidates = [(name, getattr(cls, name, None)) for name in inherited] + list(vars(cls).items())
        cls.__abstractmethods__ = frozenset(
            name for name, value in candidates if getattr(value, '__isabstractmethod__', False))
    return cls


class ABC(metaclass=ABCMeta):
    """A base class whose only purpose is its metaclass."""

    __slots__ = ()

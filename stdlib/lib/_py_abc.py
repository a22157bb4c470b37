"""ABCMeta in the language itself: abc takes it when the native _abc cannot be imported.

A class remembers which classes were registered with it, and which ones it found to be its subclasses or not to be. A
refusal holds only as long as no class anywhere has been registered since.
"""
from _weakrefset import WeakSet

_registrations = 0


def get_cache_token():
    """A number that changes whenever a class is registered with an abstract one."""
    return _registrations


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {key for key, value in namespace.items() if getattr(value, '__isabstractmethod__', False)}
        inherited = (key for base in bases for key in getattr(base, '__abstractmethods__', ()))
        abstract.update(key for key in inherited if getattr(getattr(cls, key, None), '__isabstractmethod__', False))
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = WeakSet()
        cls._abc_cache = WeakSet()
        cls._abc_negative_cache = WeakSet()
        cls._abc_negative_cache_version = _registrations
        return cls

    def register(cls, subclass):
        """Make `subclass` count as a subclass of this one. Returns it, so this can be a decorator."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        cls._abc_registry.add(subclass)
        _registrations += 1
        return subclass

    def _dump_registry(cls, file=None):
        """Print what is remembered about the class, for debugging."""
        print(f'Class: {cls.__module__}.{cls.__qualname__}', file=file)
        print(f'Inv. counter: {get_cache_token()}', file=file)
        for name in ('_abc_registry', '_abc_cache', '_abc_negative_cache', '_abc_negative_cache_version'):
            value = getattr(cls, name)
            print(f'{name}: {set(value) if isinstance(value, WeakSet) else value!r}', file=file)

    def _abc_registry_clear(cls):
        cls._abc_registry.clear()

    def _abc_caches_clear(cls):
        cls._abc_cache.clear()
        cls._abc_negative_cache.clear()

    def __instancecheck__(cls, instance):
        """What isinstance(instance, cls) asks."""
        claimed, real = instance.__class__, type(instance)
        if claimed in cls._abc_cache:
            return True
        return cls.__subclasscheck__(claimed) or (real is not claimed and cls.__subclasscheck__(real))

    def __subclasscheck__(cls, subclass):
        """What issubclass(subclass, cls) asks."""
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        if subclass in cls._abc_cache:
            return True
        if cls._abc_negative_cache_version != _registrations:
            cls._abc_negative_cache = WeakSet()
            cls._abc_negative_cache_version = _registrations
        elif subclass in cls._abc_negative_cache:
            return False
        answer = cls._decide(subclass)
        (cls._abc_cache if answer else cls._abc_negative_cache).add(subclass)
        return answer

    def _decide(cls, subclass):
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            assert isinstance(answer, bool)
            return answer
        return (cls in getattr(subclass, '__mro__', ())
                or any(issubclass(subclass, registered) for registered in cls._abc_registry)
                or any(issubclass(subclass, below) for below in cls.__subclasses__()))

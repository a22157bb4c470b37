"""Names for the built-in types that have none in builtins, and classes made at run time."""
import sys


def _function():
    pass


FunctionType = type(_function)
LambdaType = FunctionType
CodeType = type(_function.__code__)
MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)


def _cell():
    value = 1

    def inner():
        return value
    return inner.__closure__[0]


CellType = type(_cell())


def _generator():
    yield 1


GeneratorType = type(_generator())


async def _coroutine():
    pass


_made = _coroutine()
CoroutineType = type(_made)
_made.close()


async def _async_generator():
    yield


_made = _async_generator()
AsyncGeneratorType = type(_made)


class _Class:
    def method(self):
        pass


MethodType = type(_Class().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__['fromkeys'])
ModuleType = type(sys)

try:
    raise TypeError
except TypeError as exc:
    TracebackType = type(exc.__traceback__)
    FrameType = type(exc.__traceback__.tb_frame)

GetSetDescriptorType = type(FunctionType.__code__)


class _Slotted:
    __slots__ = ('a',)


MemberDescriptorType = type(_Slotted.a)
GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType = type(Ellipsis)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
del _function, _cell, _generator, _coroutine, _async_generator, _made, _Class, _Slotted


# --- classes made at run time ---

def new_class(name, bases=(), kwds=None, exec_body=None):
    """Make a class the way the class statement does; exec_body fills its namespace."""
    real_bases = resolve_bases(bases)
    make, namespace, options = prepare_class(name, real_bases, kwds)
    if exec_body:
        exec_body(namespace)
    if real_bases is not bases:
        namespace['__orig_bases__'] = bases
    return make(name, real_bases, namespace, **options)


def _entries_of(base, bases):
    """What a base puts in its place, or None."""
    if isinstance(base, type) or not hasattr(base, '__mro_entries__'):
        return None
    entries = base.__mro_entries__(bases)
    if not isinstance(entries, tuple):
        raise TypeError('__mro_entries__ must return a tuple')
    return entries


def resolve_bases(bases):
    """The bases with each __mro_entries__ asked; the same object if none has one."""
    replaced = [_entries_of(base, bases) for base in bases]
    if all(entries is None for entries in replaced):
        return bases
    return sum(((base,) if entries is None else entries for base, entries in zip(bases, replaced)), ())


def prepare_class(name, bases=(), kwds=None):
    """The metaclass, the namespace that it prepares, and the keywords that are left."""
    options = {**(kwds or {})}
    make = options.pop('metaclass') if 'metaclass' in options else type(bases[0]) if bases else type
    if isinstance(make, type):
        make = _most_derived(make, bases)
    prepare = getattr(make, '__prepare__', None)
    return make, {} if prepare is None else prepare(name, bases, **options), options


def _most_derived(metaclass, bases):
    """The metaclass among these that derives from all others."""
    for other in map(type, bases):
        if issubclass(other, metaclass):
            metaclass = other
        elif not issubclass(metaclass, other):
            raise TypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of '
                            'the metaclasses of all its bases')
    return metaclass


class DynamicClassAttribute:
    """A property of instances that gets out of the way of class attributes of the same name."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.overwrite_doc, self.__doc__ = doc is None, doc or fget.__doc__
        self.__isabstractmethod__ = bool(getattr(fget, '__isabstractmethod__', False))

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return self._function(self.fget, 'unreadable attribute')(instance)
        if not self.__isabstractmethod__:
            # The metaclass is asked then.
            raise AttributeError
        return self

    def __set__(self, instance, value):
        self._function(self.fset, "can't set attribute")(instance, value)

    def __delete__(self, instance):
        self._function(self.fdel, "can't delete attribute")(instance)

    @staticmethod
    def _function(function, complaint):
        if function is None:
            raise AttributeError(complaint)
        return function

    def _copy(self, fget, fset, fdel, doc):
        made = type(self)(fget, fset, fdel, doc)
        made.overwrite_doc = self.overwrite_doc
        return made

    def getter(self, fget):
        return self._copy(fget, self.fset, self.fdel, fget.__doc__ if self.overwrite_doc else self.__doc__)

    def setter(self, fset):
        return self._copy(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return self._copy(self.fget, self.fset, fdel, self.__doc__)


def _of_generator(name):
    return property(lambda self: getattr(self._GeneratorWrapper__wrapped, name))


class _GeneratorWrapper:
    """Lets any generator-like object be awaited."""

    def __init__(self, gen):
        self.__wrapped = gen
        for name in ('__name__', '__qualname__'):
            setattr(self, name, getattr(gen, name, None))

    def send(self, value):
        return self.__wrapped.send(value)

    def throw(self, *args):
        return self.__wrapped.throw(*args)

    def close(self):
        return self.__wrapped.close()

    gi_code, gi_frame, gi_running, gi_yieldfrom = map(
        _of_generator, ('gi_code', 'gi_frame', 'gi_running', 'gi_yieldfrom'))
    # The same by the names that coroutines have.
    cr_code, cr_frame, cr_running, cr_await = gi_code, gi_frame, gi_running, gi_yieldfrom

    def __next__(self):
        return next(self.__wrapped)

    def __iter__(self):
        real = type(self.__wrapped) is GeneratorType
        return self.__wrapped if real else self

    __await__ = __iter__


# Flags of code: what makes a generator, what may be awaited (of its own, or because coroutine() said so).
_GENERATOR, _COROUTINE, _ITERABLE_COROUTINE = 0x20, 0x80, 0x100


def _can_be_awaited(made):
    return type(made) is CoroutineType or (
        type(made) is GeneratorType and bool(made.gi_code.co_flags & _ITERABLE_COROUTINE))


def coroutine(func):
    """Let a generator function be used with await."""
    if not callable(func):
        raise TypeError('types.coroutine() expects a callable')
    if type(func) is FunctionType and type(func.__code__) is CodeType:
        flags = func.__code__.co_flags
        if flags & _GENERATOR and not flags & (_COROUTINE | _ITERABLE_COROUTINE):
            func.__code__ = func.__code__.replace(co_flags=flags | _ITERABLE_COROUTINE)
        if flags & (_GENERATOR | _COROUTINE | _ITERABLE_COROUTINE):
            return func
    from _collections_abc import Coroutine, Generator
    from functools import wraps

    # It may return something like a generator: that is seen when it does.
    @wraps(func)
    def wrapped(*args, **kwargs):
        made = func(*args, **kwargs)
        if _can_be_awaited(made) or isinstance(made, Coroutine) or not isinstance(made, Generator):
            return made
        return _GeneratorWrapper(made)

    return wrapped


__all__ = [name for name in globals() if name[:1] != '_' and name != 'sys']

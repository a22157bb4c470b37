"""The abstract base classes of containers, iterators and callables. Import them from collections.abc.

Each one-method class (Hashable, Iterable, Sized, ...) accepts whatever defines its methods; the larger ones (Sequence,
Set, Mapping, ...) accept subclasses and registered classes, and give their subclasses the methods that follow from a few.
"""
from abc import ABCMeta, abstractmethod
from itertools import count as _positions_from

GenericAlias = type(list[int])
EllipsisType = type(...)


def _function():
    pass


FunctionType = type(_function)
del _function

__all__ = ['Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator', 'Hashable', 'Iterable', 'Iterator',
           'Generator', 'Reversible', 'Sized', 'Container', 'Callable', 'Collection', 'Set', 'MutableSet', 'Mapping',
           'MutableMapping', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView', 'Sequence', 'MutableSequence',
           'ByteString']
__name__ = 'collections.abc'

# The types of objects that have no name in builtins.
bytes_iterator = type(iter(b''))
bytearray_iterator = type(iter(bytearray()))
dict_keyiterator = type(iter({}.keys()))
dict_valueiterator = type(iter({}.values()))
dict_itemiterator = type(iter({}.items()))
list_iterator = type(iter([]))
list_reverseiterator = type(iter(reversed([])))
range_iterator = type(iter(range(0)))
longrange_iterator = type(iter(range(1 << 1000)))
set_iterator = type(iter(set()))
str_iterator = type(iter(''))
tuple_iterator = type(iter(()))
zip_iterator = type(iter(zip()))
dict_keys = type({}.keys())
dict_values = type({}.values())
dict_items = type({}.items())
mappingproxy = type(type.__dict__)
generator = type((lambda: (yield))())


async def _coroutine():
    pass


_coroutine = _coroutine()
coroutine = type(_coroutine)
_coroutine.close()
del _coroutine


async def _async_generator():
    yield


_async_generator = _async_generator()
async_generator = type(_async_generator)
del _async_generator


def _check_methods(cls, *methods):
    """True when the class has all the methods, else NotImplemented. A method that is None in the nearest class of the MRO
    is one that the class refuses to have."""
    for method in methods:
        holder = next((base for base in cls.__mro__ if method in vars(base)), None)
        if holder is None or vars(holder)[method] is None:
            return NotImplemented
    return True


def _structural(*methods):
    """A __subclasshook__ that goes by methods, for the class it stands in and not for classes derived from that one."""
    def __subclasshook__(cls, C):
        return _check_methods(C, *methods) if '__subclasshook__' in vars(cls) else NotImplemented

    return classmethod(__subclasshook__)


def _raise(typ, val, tb):
    """What throw(typ, val, tb) raises."""
    exception = val if val is not None else typ if tb is None else typ()
    raise exception if tb is None else exception.with_traceback(tb)


class Hashable(metaclass=ABCMeta):
    """What has __hash__."""

    __slots__ = ()
    __subclasshook__ = _structural('__hash__')

    @abstractmethod
    def __hash__(self):
        return 0


class Awaitable(metaclass=ABCMeta):
    """What `await` takes."""

    __slots__ = ()
    __subclasshook__ = _structural('__await__')
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __await__(self):
        yield


class Coroutine(Awaitable):
    """An awaitable that is driven by send, throw and close."""

    __slots__ = ()
    __subclasshook__ = _structural('__await__', 'send', 'throw', 'close')

    @abstractmethod
    def send(self, value):
        """Go on with `value`. Gives the next yielded value or raises StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception inside. Gives the next yielded value or raises StopIteration."""
        _raise(typ, val, tb)

    def close(self):
        """Raise GeneratorExit inside."""
        _close(self, 'coroutine')


def _close(driven, what):
    try:
        driven.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError(f'{what} ignored GeneratorExit')


Coroutine.register(coroutine)


class AsyncIterable(metaclass=ABCMeta):
    """What `async for` takes."""

    __slots__ = ()
    __subclasshook__ = _structural('__aiter__')
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


class AsyncIterator(AsyncIterable):
    """What __aiter__ gives."""

    __slots__ = ()
    __subclasshook__ = _structural('__anext__', '__aiter__')

    @abstractmethod
    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    """An asynchronous iterator that is driven by asend, athrow and aclose."""

    __slots__ = ()
    __subclasshook__ = _structural('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')

    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Go on with `value`. Gives the next yielded value or raises StopAsyncIteration."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Raise an exception inside. Gives the next yielded value or raises StopAsyncIteration."""
        _raise(typ, val, tb)

    async def aclose(self):
        """Raise GeneratorExit inside."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError('asynchronous generator ignored GeneratorExit')


AsyncGenerator.register(async_generator)


class Iterable(metaclass=ABCMeta):
    """What has __iter__."""

    __slots__ = ()
    __subclasshook__ = _structural('__iter__')
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __iter__(self):
        yield from ()


class Iterator(Iterable):
    """What __iter__ gives."""

    __slots__ = ()
    __subclasshook__ = _structural('__iter__', '__next__')

    @abstractmethod
    def __next__(self):
        """The next item, or StopIteration."""
        raise StopIteration

    def __iter__(self):
        return self


for _type in (bytes_iterator, bytearray_iterator, dict_keyiterator, dict_valueiterator, dict_itemiterator, list_iterator,
              list_reverseiterator, range_iterator, longrange_iterator, set_iterator, str_iterator, tuple_iterator,
              zip_iterator):
    Iterator.register(_type)


class Reversible(Iterable):
    """An iterable that reversed() takes."""

    __slots__ = ()
    __subclasshook__ = _structural('__reversed__', '__iter__')

    @abstractmethod
    def __reversed__(self):
        yield from ()


class Generator(Iterator):
    """An iterator that is driven by send, throw and close."""

    __slots__ = ()
    __subclasshook__ = _structural('__iter__', '__next__', 'send', 'throw', 'close')

    def __next__(self):
        """The next item, or StopIteration."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Go on with `value`. Gives the next yielded value or raises StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception inside. Gives the next yielded value or raises StopIteration."""
        _raise(typ, val, tb)

    def close(self):
        """Raise GeneratorExit inside."""
        _close(self, 'generator')


Generator.register(generator)


class Sized(metaclass=ABCMeta):
    """What has __len__."""

    __slots__ = ()
    __subclasshook__ = _structural('__len__')

    @abstractmethod
    def __len__(self):
        return 0


class Container(metaclass=ABCMeta):
    """What has __contains__."""

    __slots__ = ()
    __subclasshook__ = _structural('__contains__')
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __contains__(self, x):
        return False


class Collection(Sized, Iterable, Container):
    """A sized iterable container."""

    __slots__ = ()
    __subclasshook__ = _structural('__len__', '__iter__', '__contains__')


class _CallableGenericAlias(GenericAlias):
    """Callable[[argument types], result type]: the argument types lie flat in __args__, before the result."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif not _is_param_expr(parameters):
            raise TypeError(f'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {parameters}')
        return super().__new__(cls, origin, args)

    def __repr__(self):
        if len(self.__args__) == 2 and _is_param_expr(self.__args__[0]):
            return super().__repr__()
        parameters = ', '.join([_type_repr(arg) for arg in self.__args__[:-1]])
        return f'collections.abc.Callable[[{parameters}], {_type_repr(self.__args__[-1])}]'

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return _CallableGenericAlias, (Callable, args)

    def __getitem__(self, item):
        if not isinstance(item, tuple):
            item = (item,)
        new_args = super().__getitem__(item).__args__
        if not isinstance(new_args[0], (tuple, list)):
            new_args = (new_args[:-1], new_args[-1])
        return _CallableGenericAlias(Callable, new_args)


def _is_param_expr(obj):
    """Does it stand for all argument types at once?"""
    if obj is ... or isinstance(obj, list):
        return True
    kind = type(obj)
    return kind.__module__ == 'typing' and kind.__name__ in ('ParamSpec', '_ConcatenateGenericAlias')


def _type_repr(obj):
    """A type argument as it is shown."""
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        if obj.__module__ == 'builtins':
            return obj.__qualname__
        return f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    if isinstance(obj, FunctionType):
        return obj.__name__
    return repr(obj)


class Callable(metaclass=ABCMeta):
    """What can be called."""

    __slots__ = ()
    __subclasshook__ = _structural('__call__')
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


def _same(a, b):
    """As containers compare: a value that is not equal to itself is still found."""
    return a is b or a == b


class Set(Collection):
    """A finite set. Define __contains__, __iter__ and __len__, and perhaps _from_iterable.

    The operators make their results with _from_iterable, which calls the class with an iterable.
    """

    __slots__ = ()

    # --- comparison: by inclusion, with other Sets only ---

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) <= len(other) and all(member in other for member in self)

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) >= len(other) and all(member in self for member in other)

    def __lt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) != len(other) and self.__le__(other)

    def __gt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) != len(other) and self.__ge__(other)

    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)

    def isdisjoint(self, other):
        """Have the two no member in common?"""
        return not any(member in self for member in other)

    def _hash(self):
        """A hash of the members, frozenset's: for immutable sets to use as their __hash__."""
        return hash(frozenset(self))

    # --- results: of this class; the other side may be any iterable ---

    @classmethod
    def _from_iterable(cls, it):
        """A new set of this class. Override it when the constructor takes something else."""
        return cls(it)

    def _as_set(self, other):
        """A Set with the members of `other`; None when that cannot be iterated over."""
        if isinstance(other, Set):
            return other
        return self._from_iterable(other) if isinstance(other, Iterable) else None

    def __and__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(filter(self.__contains__, other))

    def __or__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(member for members in (self, other) for member in members)

    def __sub__(self, other):
        others = self._as_set(other)
        if others is None:
            return NotImplemented
        return self._from_iterable(member for member in self if member not in others)

    def __rsub__(self, other):
        others = self._as_set(other)
        if others is None:
            return NotImplemented
        return self._from_iterable(member for member in others if member not in self)

    def __xor__(self, other):
        others = self._as_set(other)
        if others is None:
            return NotImplemented
        return (self - others) | (others - self)

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


Set.register(frozenset)


class MutableSet(Set):
    """A set that changes. Define __contains__, __iter__, __len__, add and discard."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Put a member in."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Take a member out, if it is there."""
        raise NotImplementedError

    def remove(self, value):
        """Take a member out; KeyError when it is not there."""
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        """Take some member out; KeyError when there is none."""
        for member in self:
            self.discard(member)
            return member
        raise KeyError

    def clear(self):
        """Take every member out, one by one."""
        while True:
            try:
                self.pop()
            except KeyError:
                return

    def __ior__(self, it):
        for member in it:
            self.add(member)
        return self

    def __iand__(self, it):
        for member in self - it:
            self.discard(member)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
            return self
        for member in it:
            self.discard(member)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        for member in self._from_iterable(it) if not isinstance(it, Set) else it:
            (self.discard if member in self else self.add)(member)
        return self


MutableSet.register(set)


class Mapping(Collection):
    """Keys and values. Define __getitem__, __iter__ and __len__."""

    __slots__ = ()
    __abc_tpflags__ = 1 << 6  # matched by mapping patterns
    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    def get(self, key, default=None):
        """The value of a key, or a default."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self):
        """A set-like view of the keys."""
        return KeysView(self)

    def values(self):
        """A view of the values."""
        return ValuesView(self)

    def items(self):
        """A set-like view of the pairs."""
        return ItemsView(self)


Mapping.register(mappingproxy)


class MappingView(Sized):
    """What the three views have in common."""

    __slots__ = ('_mapping',)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f'{type(self).__name__}({self._mapping!r})'


class KeysView(MappingView, Set):
    """The keys of a mapping."""

    __slots__ = ()
    _from_iterable = classmethod(lambda cls, it: set(it))

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        yield from self._mapping


KeysView.register(dict_keys)


class ItemsView(MappingView, Set):
    """The pairs of a mapping."""

    __slots__ = ()
    _from_iterable = classmethod(lambda cls, it: set(it))

    def __contains__(self, item):
        key, value = item
        try:
            return _same(self._mapping[key], value)
        except KeyError:
            return False

    def __iter__(self):
        return ((key, self._mapping[key]) for key in self._mapping)


ItemsView.register(dict_items)


class ValuesView(MappingView, Collection):
    """The values of a mapping."""

    __slots__ = ()

    def __contains__(self, value):
        return any(_same(held, value) for held in self)

    def __iter__(self):
        return (self._mapping[key] for key in self._mapping)


ValuesView.register(dict_values)

_no_default = object()


class MutableMapping(Mapping):
    """A mapping that changes. Define __getitem__, __setitem__, __delitem__, __iter__ and __len__."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_no_default):
        """Take a key out and give its value; without a default, KeyError when it is not there."""
        try:
            value = self[key]
        except KeyError:
            if default is not _no_default:
                return default
            raise
        del self[key]
        return value

    def popitem(self):
        """Take some key out and give the pair; KeyError when there is none."""
        for key in self:
            break
        else:
            raise KeyError from None
        return key, self.pop(key)

    def clear(self):
        """Take every key out, one by one."""
        while True:
            try:
                self.popitem()
            except KeyError:
                return

    def setdefault(self, key, default=None):
        """The value of a key; a key that is not there is put in with the default."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
            return default

    def update(self, other=(), /, **kwds):
        """Store what a mapping, an object with keys(), or pairs give, then the keyword arguments."""
        has_keys = isinstance(other, Mapping) or hasattr(other, 'keys')
        pairs = ((key, other[key]) for key in (other if isinstance(other, Mapping) else other.keys())) if has_keys else other
        for source in (pairs, kwds.items()):
            for key, value in source:
                self[key] = value


MutableMapping.register(dict)


class Sequence(Reversible, Collection):
    """Items at positions from 0 on. Define __getitem__ and __len__."""

    __slots__ = ()
    __abc_tpflags__ = 1 << 5  # matched by sequence patterns

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        for position in _positions_from(0):
            try:
                item = self[position]
            except IndexError:
                return
            yield item

    def __reversed__(self):
        for position in range(len(self) - 1, -1, -1):
            yield self[position]

    def __contains__(self, value):
        return any(_same(item, value) for item in self)

    def count(self, value):
        """How often a value occurs."""
        return sum(_same(item, value) for item in self)

    def index(self, value, start=0, stop=None):
        """The first position of a value between two positions; ValueError when it is not there."""
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        for position in _positions_from(start or 0):
            if stop is not None and position >= stop:
                break
            try:
                item = self[position]
            except IndexError:
                break
            if _same(item, value):
                return position
        raise ValueError


for _type in (tuple, str, range, memoryview):
    Sequence.register(_type)


class ByteString(Sequence):
    """bytes and bytearray."""

    __slots__ = ()


ByteString.register(bytes)
ByteString.register(bytearray)


class MutableSequence(Sequence):
    """A sequence that changes. Define __getitem__, __setitem__, __delitem__, __len__ and insert."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put an item in before a position."""
        raise IndexError

    def append(self, value):
        """Put an item at the end."""
        self.insert(len(self), value)

    def extend(self, values):
        """Put the items of an iterable at the end."""
        for value in list(values) if values is self else values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """Take an item out (the last one) and give it."""
        item = self[index]
        del self[index]
        return item

    def remove(self, value):
        """Take the first occurrence of a value out; ValueError when it is not there."""
        del self[self.index(value)]

    def clear(self):
        """Take every item out, one by one."""
        while True:
            try:
                self.pop()
            except IndexError:
                return

    def reverse(self):
        """Turn the sequence round in place."""
        left, right = 0, len(self) - 1
        while left < right:
            self[left], self[right] = self[right], self[left]
            left, right = left + 1, right - 1


MutableSequence.register(list)
MutableSequence.register(bytearray)
del _type

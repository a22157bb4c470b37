"""What functools takes from the native _functools, in the language itself.

It is used when _functools cannot be imported (a program may block it, to see that it does not depend on it), and to read
how those parts work. The rule: every class here answers, compares and pickles as its native twin does.
"""
from _thread import RLock
from reprlib import recursive_repr

_NO_VALUE = object()


def reduce(function, iterable, initial=_NO_VALUE, /):
    """Fold an iterable from the left: reduce(f, [a, b, c]) is f(f(a, b), c)."""
    try:
        steps = iter(iterable)
    except TypeError as error:
        raise TypeError('reduce() arg 2 must support iteration') from error
    if initial is _NO_VALUE:
        for initial in steps:
            break
        else:
            raise TypeError('reduce() of empty iterable with no initial value')
    for item in steps:
        initial = function(initial, item)
    return initial


class _SortKey:
    """A value that compares as a comparison function of the old kind says."""

    __slots__ = ('obj', '_compare')
    __hash__ = None

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def _sign(self, other):
        if not isinstance(other, _SortKey):
            raise TypeError('other argument must be K instance')
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._sign(other) < 0

    def __le__(self, other):
        return self._sign(other) <= 0

    def __eq__(self, other):
        return self._sign(other) == 0

    def __ge__(self, other):
        return self._sign(other) >= 0

    def __gt__(self, other):
        return self._sign(other) > 0


def cmp_to_key(mycmp):
    """A key function from a function that answers below, equal or above zero."""

    def key(obj):
        return _SortKey(obj, mycmp)

    return key


class partial:
    """A call with some of its arguments given already."""

    __slots__ = ('func', 'args', 'keywords', '__dict__', '__weakref__')

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if hasattr(func, 'func'):
            args = (*func.args, *args)
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        name = cls.__qualname__ if cls.__module__ != 'functools' else f'functools.{cls.__qualname__}'
        given = [repr(self.func), *map(repr, self.args)]
        given += (f'{key}={value!r}' for key, value in self.keywords.items())
        return f'{name}({", ".join(given)})'

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError('argument to __setstate__ must be a tuple')
        if len(state) != 4:
            raise TypeError(f'expected 4 items in state, got {len(state)}')
        func, args, keywords, attributes = state
        if (not callable(func) or not isinstance(args, tuple)
                or not isinstance(keywords, (dict, type(None)))
                or not isinstance(attributes, (dict, type(None)))):
            raise TypeError('invalid partial state')
        self.func = func
        self.args = tuple(args)
        self.keywords = dict(keywords or {})
        self.__dict__ = {} if attributes is None else attributes

    @classmethod
    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


partial.__module__ = 'functools'


class _CallKey(list):
    """The arguments of a call as a dict key whose hash is worked out once."""

    __slots__ = ('_hash',)

    def __init__(self, parts):
        self[:] = parts
        self._hash = hash(parts)

    def __hash__(self):
        return self._hash


_KEYWORDS_BEGIN = (object(),)
_PLAIN_KEYS = frozenset({int, str})


def _call_key(args, keywords, typed):
    parts = args
    if keywords:
        parts += _KEYWORDS_BEGIN
        for pair in keywords.items():
            parts += pair
    if typed:
        parts += tuple(map(type, args)) + tuple(map(type, keywords.values()))
    elif len(parts) == 1 and type(parts[0]) in _PLAIN_KEYS:
        return parts[0]
    return _CallKey(parts)


def _lru_cache_wrapper(function, maxsize, typed, info_class):
    """The caching version of a function. A dict in order of use is the memory: its first key is the one to forget."""
    memory = {}
    hits = misses = 0
    lock = RLock()

    def wrapper(*args, **keywords):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return function(*args, **keywords)
        key = _call_key(args, keywords, typed)
        with lock:
            answer = memory.get(key, _NO_VALUE)
            if answer is not _NO_VALUE:
                hits += 1
                if maxsize is not None:
                    del memory[key]
                    memory[key] = answer
                return answer
            misses += 1
        answer = function(*args, **keywords)
        with lock:
            # Another thread, or the call itself, may have stored it in the meantime.
            if key not in memory:
                if maxsize is not None and len(memory) >= maxsize:
                    del memory[next(iter(memory))]
                memory[key] = answer
        return answer

    def cache_info():
        """The counts of hits and misses, and how full the cache is."""
        with lock:
            return info_class(hits, misses, maxsize, len(memory))

    def cache_clear():
        """Forget all results, and begin to count anew."""
        nonlocal hits, misses
        with lock:
            memory.clear()
            hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper


def _own_attribute(instance, name, default):
    """The attribute in the instance's own __dict__; AttributeError when it has none."""
    return instance.__dict__.get(name, default)

"""The functions of operator in the language itself: operator takes them when the native _operator cannot be imported.

The rule: they do what the native ones do, word for word in their errors, and pickle the same way.
"""
from builtins import abs as _abs

# --- operators ---

def lt(a, b):
    """Same as a < b."""
    return a < b


def le(a, b):
    """Same as a <= b."""
    return a <= b


def eq(a, b):
    """Same as a == b."""
    return a == b


def ne(a, b):
    """Same as a != b."""
    return a != b


def ge(a, b):
    """Same as a >= b."""
    return a >= b


def gt(a, b):
    """Same as a > b."""
    return a > b


def add(a, b):
    """Same as a + b."""
    return a + b


def sub(a, b):
    """Same as a - b."""
    return a - b


def mul(a, b):
    """Same as a * b."""
    return a * b


def matmul(a, b):
    """Same as a @ b."""
    return a @ b


def truediv(a, b):
    """Same as a / b."""
    return a / b


def floordiv(a, b):
    """Same as a // b."""
    return a // b


def mod(a, b):
    """Same as a % b."""
    return a % b


def pow(a, b):
    """Same as a ** b."""
    return a ** b


def lshift(a, b):
    """Same as a << b."""
    return a << b


def rshift(a, b):
    """Same as a >> b."""
    return a >> b


def and_(a, b):
    """Same as a & b."""
    return a & b


def xor(a, b):
    """Same as a ^ b."""
    return a ^ b


def or_(a, b):
    """Same as a | b."""
    return a | b


def iadd(a, b):
    """Same as a += b."""
    a += b
    return a


def isub(a, b):
    """Same as a -= b."""
    a -= b
    return a


def imul(a, b):
    """Same as a *= b."""
    a *= b
    return a


def imatmul(a, b):
    """Same as a @= b."""
    a @= b
    return a


def itruediv(a, b):
    """Same as a /= b."""
    a /= b
    return a


def ifloordiv(a, b):
    """Same as a //= b."""
    a //= b
    return a


def imod(a, b):
    """Same as a %= b."""
    a %= b
    return a


def ipow(a, b):
    """Same as a **= b."""
    a **= b
    return a


def ilshift(a, b):
    """Same as a <<= b."""
    a <<= b
    return a


def irshift(a, b):
    """Same as a >>= b."""
    a >>= b
    return a


def iand(a, b):
    """Same as a &= b."""
    a &= b
    return a


def ixor(a, b):
    """Same as a ^= b."""
    a ^= b
    return a


def ior(a, b):
    """Same as a |= b."""
    a |= b
    return a


def neg(a):
    """Same as -a."""
    return -a


def pos(a):
    """Same as +a."""
    return +a


def inv(a):
    """Same as ~a."""
    return ~a


def not_(a):
    """Same as not a."""
    return not a


def abs(a):
    """Same as abs(a)."""
    return _abs(a)


def truth(a):
    """True if a counts as true, else False."""
    return bool(a)


def is_(a, b):
    """Same as a is b."""
    return a is b


def is_not(a, b):
    """Same as a is not b."""
    return a is not b


def index(a):
    """Same as a.__index__()."""
    return a.__index__()


invert = inv

# --- sequences and mappings ---


def _check_sequence(a):
    if not hasattr(a, '__getitem__'):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")


def concat(a, b):
    """Same as a + b, for sequences."""
    _check_sequence(a)
    return a + b


def iconcat(a, b):
    """Same as a += b, for sequences."""
    _check_sequence(a)
    a += b
    return a


def contains(a, b):
    """Same as b in a (note the order)."""
    return b in a


def getitem(a, b):
    """Same as a[b]."""
    return a[b]


def setitem(a, b, c):
    """Same as a[b] = c."""
    a[b] = c


def delitem(a, b):
    """Same as del a[b]."""
    del a[b]


def countOf(a, b):
    """How often b is in a."""
    return sum(1 for item in a if item is b or item == b)


def indexOf(a, b):
    """The first index of b in a."""
    for place, item in enumerate(a):
        if item is b or item == b:
            return place
    raise ValueError('sequence.index(x): x not in sequence')


def length_hint(obj, default=0):
    """About how many items obj will give: its length, or what its __length_hint__ says, or the default."""
    if not isinstance(default, int):
        raise TypeError(f"'{type(default).__name__}' object cannot be interpreted as an integer")
    try:
        return len(obj)
    except TypeError:
        pass
    ask = getattr(type(obj), '__length_hint__', None)
    if ask is None:
        return default
    try:
        hint = ask(obj)
    except TypeError:
        return default
    if hint is NotImplemented:
        return default
    if not isinstance(hint, int):
        raise TypeError(f'__length_hint__ must be integer, not {type(hint).__name__}')
    if hint < 0:
        raise ValueError('__length_hint__() should return >= 0')
    return hint


def call(obj, /, *args, **kwargs):
    """Same as obj(*args, **kwargs)."""
    return obj(*args, **kwargs)


# --- callables that remember what to take ---


def _qualified(obj):
    return f'{type(obj).__module__}.{type(obj).__qualname__}'


class attrgetter:
    """attrgetter('a.b')(x) is x.a.b; several give a tuple."""

    __slots__ = ('_attrs',)

    def __init__(self, attr, /, *attrs):
        self._attrs = (attr, *attrs)
        if not all(isinstance(name, str) for name in self._attrs):
            raise TypeError('attribute name must be a string')

    def __call__(self, obj, /):
        found = tuple(_follow(obj, name) for name in self._attrs)
        return found if len(found) > 1 else found[0]

    def __repr__(self):
        return f'{_qualified(self)}({", ".join(map(repr, self._attrs))})'

    def __reduce__(self):
        return self.__class__, self._attrs


def _follow(obj, name):
    for part in name.split('.'):
        obj = getattr(obj, part)
    return obj


class itemgetter:
    """itemgetter(k)(x) is x[k]; several keys give a tuple."""

    __slots__ = ('_items',)

    def __init__(self, item, /, *items):
        self._items = (item, *items)

    def __call__(self, obj, /):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple(obj[item] for item in self._items)

    def __repr__(self):
        return f'{_qualified(self)}({", ".join(map(repr, self._items))})'

    def __reduce__(self):
        return self.__class__, self._items


class methodcaller:
    """methodcaller('f', *args)(x) is x.f(*args)."""

    __slots__ = ('_name', '_args', '_kwargs')

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        given = [repr(self._name), *map(repr, self._args)]
        given += (f'{key}={value!r}' for key, value in self._kwargs.items())
        return f'{_qualified(self)}({", ".join(given)})'

    def __reduce__(self):
        if not self._kwargs:
            return self.__class__, (self._name, *self._args)
        from functools import partial
        return partial(self.__class__, self._name, **self._kwargs), self._args


for _function in (attrgetter, itemgetter, methodcaller):
    _function.__module__ = 'operator'
del _function

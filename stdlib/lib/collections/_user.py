"""UserDict, UserList and UserString: bases for classes that wrap a dict, a list or a str, kept in `data`.

What a wrapper does is what its content does: most methods are made from the tables below, one line for each way of handing
on. A method that takes part in arithmetic or comparison accepts wrappers as well as what they wrap.
"""
from abc import update_abstractmethods
from _collections_abc import MutableMapping, MutableSequence, Sequence


def _content(value):
    """What a wrapper holds; anything else as it is."""
    return value.data if isinstance(value, (UserDict, UserList, UserString)) else value


def _forward(cls, names, wrap=False):
    """Give the class methods that call those of its content, with the arguments unwrapped; `wrap`: of the same class again."""
    def make(name):
        def method(self, /, *args, **kwargs):
            result = getattr(self.data, name)(*map(_content, args), **kwargs)
            return type(self)(result) if wrap else result
        method.__name__ = name
        method.__qualname__ = f'{cls.__name__}.{name}'
        method.__module__ = 'collections'
        return method

    for name in names.split():
        setattr(cls, name, make(name))


def _twin(wrapper, **changes):
    """A wrapper of the same class with the same attributes, some of them changed."""
    made = object.__new__(type(wrapper))
    vars(made).update(vars(wrapper), **changes)
    return made


class UserDict(MutableMapping):
    """A mapping that keeps its pairs in the dict `data`."""

    __module__ = 'collections'

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for source in (dict, kwargs):
            if source:
                self.update(source)

    def __getitem__(self, key):
        if key not in self.data:
            missing = getattr(type(self), '__missing__', None)
            if missing is None:
                raise KeyError(key)
            return missing(self, key)
        return self.data[key]

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def _joined(self, first, second):
        if not isinstance(first, dict) or not isinstance(second, dict):
            return NotImplemented
        return type(self)(first | second)

    def __or__(self, other):
        return self._joined(self.data, _content(other))

    def __ror__(self, other):
        return self._joined(_content(other), self.data)

    def __ior__(self, other):
        self.data |= _content(other)
        return self

    def __copy__(self):
        return _twin(self, data=self.data.copy())

    def copy(self):
        if type(self) is UserDict:
            return UserDict(self.data)
        # A subclass may keep more than pairs, and may want to see each pair that it gets.
        made = _twin(self, data={})
        made.update(self)
        return made

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made


_forward(UserDict, '__len__ __contains__ __repr__')
update_abstractmethods(UserDict)


class UserList(MutableSequence):
    """A sequence that keeps its items in the list `data`."""

    __module__ = 'collections'

    __hash__ = None

    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_content(initlist))

    def __getitem__(self, i):
        found = self.data[i]
        return type(self)(found) if isinstance(i, slice) else found

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def _as_list(self, other):
        other = _content(other)
        return other if isinstance(other, list) else list(other)

    def __add__(self, other):
        return type(self)(self.data + self._as_list(other))

    def __radd__(self, other):
        return type(self)(self._as_list(other) + self.data)

    def __iadd__(self, other):
        self.data += self._as_list(other)
        return self

    def __mul__(self, n):
        return type(self)(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    def __copy__(self):
        return _twin(self, data=self.data.copy())

    def copy(self):
        return type(self)(self)


_forward(UserList, '__len__ __contains__ __repr__ __eq__ __lt__ __le__ __gt__ __ge__ '
                   'append insert pop remove clear count index reverse sort extend')
update_abstractmethods(UserList)


class UserString(Sequence):
    """A sequence of characters that keeps them in the str `data`."""

    __module__ = 'collections'

    def __init__(self, seq):
        seq = _content(seq)
        self.data = seq if isinstance(seq, str) else str(seq)

    def __str__(self):
        return str(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __complex__(self):
        return complex(self.data)

    def __getnewargs__(self):
        return (self.data,)

    def __add__(self, other):
        return type(self)(self.data + str(other))

    def __radd__(self, other):
        return type(self)(str(other) + self.data)

    def __mod__(self, args):
        return type(self)(self.data % args)

    def __rmod__(self, template):
        return type(self)(str(template) % self)

    def encode(self, encoding='utf-8', errors='strict'):
        return self.data.encode(encoding or 'utf-8', errors or 'strict')

    maketrans = str.maketrans


_forward(UserString, '__len__ __contains__ __repr__ __hash__ __eq__ __lt__ __le__ __gt__ __ge__ '
                     'count find rfind index rindex startswith endswith format format_map join partition rpartition '
                     'split rsplit splitlines isalpha isalnum isascii isdecimal isdigit isidentifier islower isnumeric '
                     'isprintable isspace istitle isupper')
_forward(UserString, '__getitem__ __mul__ __rmul__ capitalize casefold center expandtabs ljust lower lstrip removeprefix '
                     'removesuffix replace rjust rstrip strip swapcase title translate upper zfill', wrap=True)
update_abstractmethods(UserString)

"""Records of calls: call objects, lists of them, sentinels, ANY. A part of unittest.mock."""

# What is defined here belongs to unittest.mock, and is found there.
__name__ = 'unittest.mock'


def _safe_repr(value):
    from .util import safe_repr
    return safe_repr(value)


class _SentinelObject:
    """A unique object with a name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f'sentinel.{self.name}'

    def __reduce__(self):
        return f'sentinel.{self.name}'


class _Sentinel:
    """Makes a unique object for each name that is asked of it."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == '__bases__':
            raise AttributeError  # help() asks
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return 'sentinel'


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING
_deleted = sentinel.DELETED


class _ANY:
    """Equal to anything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return '<ANY>'


ANY = _ANY()


def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args] + [f'{key}={value!r}' for key, value in kwargs.items()]
    return f'{name}({", ".join(parts)})'


class _CallList(list):
    """A list of calls; a list of calls is in it if it is a part of it."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        size = len(value)
        return any([self[i:i + size] == value for i in range(len(self) - size + 1)])

    def __repr__(self):
        # As pprint shows lists: on one line if there is room, else one call a line.
        calls = list(map(repr, self))
        text = f'[{", ".join(calls)}]'
        return text if len(text) <= 80 else '[' + ',\n '.join(calls) + ']'


def _parts(value):
    """(name, args, kwargs) of a call that may be written with fewer parts; ValueError if it is none."""
    name, args, kwargs = '', (), {}
    size = len(value)
    if size == 3:
        return tuple(value)
    if size == 2:
        first, second = value
        if isinstance(first, str):
            name = first
            if isinstance(second, tuple):
                args = second
            else:
                kwargs = second
        else:
            args, kwargs = first, second
    elif size == 1:
        value, = value
        if isinstance(value, str):
            name = value
        elif isinstance(value, tuple):
            args = value
        else:
            kwargs = value
    return name, args, kwargs


class _Call(tuple):
    """A call: (name, args, kwargs), or (args, kwargs) in lists of calls of one mock. Equal to tuples that leave out what
    is empty. call.method(3) records the call of a method."""

    def __new__(cls, value=(), name='', parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        if value:
            name, args, kwargs = _parts(value)
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        try:
            size = len(other)
        except TypeError:
            return NotImplemented
        self_name, self_args, self_kwargs = ('', *self) if len(self) == 2 else self
        if getattr(self, '_mock_parent', None) and getattr(other, '_mock_parent', None) and (
                self._mock_parent != other._mock_parent):
            return False
        if size > 3:
            return False
        if size == 2 and isinstance(other[0], str) and not isinstance(other[1], (tuple, dict)):
            return False
        name, args, kwargs = _parts(other) if size else ('', (), {})
        if size == 1 and not isinstance(other[0], (str, tuple, dict)):
            return False
        if self_name and name != self_name:
            return False
        return (args, kwargs) == (self_args, self_kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(('', args, kwargs), name='()')
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + '()', parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f'{self._mock_name}.{attr}', parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # Methods of tuple are names like others.
        if attr in tuple.__dict__ and not attr.startswith('__'):
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    def _get_call_arguments(self):
        return tuple(self) if len(self) == 2 else tuple(self)[1:]

    @property
    def args(self):
        return self._get_call_arguments()[0]

    @property
    def kwargs(self):
        return self._get_call_arguments()[1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or 'call'
            return name if name.startswith('call') else f'call.{name}'
        if len(self) == 2:
            name, (args, kwargs) = 'call', self
        else:
            name, args, kwargs = self
            if not name:
                name = 'call'
            elif not name.startswith('()'):
                name = f'call.{name}'
            else:
                name = f'call{name}'
        return _format_call_signature(name, args, kwargs)

    def call_list(self):
        """All calls of a chain: call.a().b(1).call_list()."""
        calls, thing = [], self
        while thing is not None:
            if thing._mock_from_kall:
                calls.append(thing)
            thing = thing._mock_parent
        return _CallList(reversed(calls))


call = _Call(from_kall=False)

"""Container types beside dict, list, set and tuple.

namedtuple    makes classes of tuples whose items have names
deque         a list that is fast at both ends (native)
ChainMap      several mappings seen as one
Counter       a dict that counts
OrderedDict   a dict that knows about order (native)
defaultdict   a dict that makes missing values (native)
UserDict, UserList, UserString    bases for classes that wrap a dict, list or str
"""
__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque', 'namedtuple']

import _collections_abc
import sys as _sys
from keyword import iskeyword as _iskeyword

try:
    from _collections import OrderedDict, _tuplegetter, defaultdict, deque
except ImportError:
    from _py_collections import OrderedDict, _tuplegetter
else:
    _collections_abc.MutableSequence.register(deque)

abc = _sys.modules['collections.abc'] = _collections_abc

# Classes that come when they are asked for, and the modules they come from.
_elsewhere = {'Counter': '_counter', '_count_elements': '_counter', 'ChainMap': '_chain_map', 'UserDict': '_user',
              'UserList': '_user', 'UserString': '_user'}


def __getattr__(name):
    module = _elsewhere.get(name)
    if module is None:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    made = getattr(__import__(f'collections.{module}', fromlist=[name]), name)
    globals()[name] = made
    return made


def __dir__():
    return sorted({*globals(), *__all__})


# --- namedtuple ---


def _checked_field_names(field_names, typename, rename):
    """The names as interned strings, valid and different ones; with `rename`, bad ones replaced."""
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = [str(name) for name in field_names]
    if rename:
        seen = set()
        for index, name in enumerate(names):
            if not name.isidentifier() or _iskeyword(name) or name.startswith('_') or name in seen:
                names[index] = f'_{index}'
            seen.add(name)
    for name in [typename] + names:
        if type(name) is not str:
            raise TypeError('Type names and field names must be strings')
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if _iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    seen = set()
    for name in names:
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    return tuple(map(_sys.intern, names))


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A new subclass of tuple whose items have names.

    >>> Point = namedtuple('Point', ['x', 'y'])
    >>> p = Point(11, y=22)
    >>> p[0] + p.y, p._asdict(), p._replace(x=100)
    (33, {'x': 11, 'y': 22}, Point(x=100, y=22))
    """
    typename = _sys.intern(str(typename))
    field_names = _checked_field_names(field_names, typename, rename)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(field_names):
            raise TypeError('Got more default values than field names')
        field_defaults = dict(reversed(list(zip(reversed(field_names), reversed(defaults)))))
    field_count = len(field_names)

    # A real signature, so that arguments are bound and complained about like those of any function.
    parameters = ', '.join(field_names)
    values = f'({parameters}{"," if field_count == 1 else ""})'
    namespace = {'_tuple_new': tuple.__new__, '__builtins__': {}, '__name__': f'namedtuple_{typename}'}
    __new__ = eval(f'lambda _cls, {parameters}: _tuple_new(_cls, {values})', namespace)
    __new__.__name__ = '__new__'
    __new__.__doc__ = f'Create new instance of {typename}({parameters})'
    if defaults is not None:
        __new__.__defaults__ = defaults

    @classmethod
    def _make(cls, iterable):
        result = tuple.__new__(cls, iterable)
        if len(result) != field_count:
            raise TypeError(f'Expected {field_count} arguments, got {len(result)}')
        return result

    _make.__func__.__doc__ = f'Make a new {typename} object from a sequence or iterable'

    def _replace(self, /, **kwds):
        result = self._make(map(kwds.pop, field_names, self))
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return result

    _replace.__doc__ = f'Return a new {typename} object replacing specified fields with new values'
    repr_format = '(' + ', '.join(f'{name}=%r' for name in field_names) + ')'

    def __repr__(self):
        'Return a nicely formatted representation string'
        return self.__class__.__name__ + repr_format % self

    def _asdict(self):
        'Return a new dict which maps field names to their values.'
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        'Return self as a plain tuple.  Used by copy and pickle.'
        return tuple(self)

    for method in (__new__, _make.__func__, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f'{typename}.{method.__name__}'
    class_namespace = {
        '__doc__': f'{typename}({parameters})',
        '__slots__': (),
        '_fields': field_names,
        '_field_defaults': field_defaults,
        '__new__': __new__,
        '_make': _make,
        '_replace': _replace,
        '__repr__': __repr__,
        '_asdict': _asdict,
        '__getnewargs__': __getnewargs__,
        '__match_args__': field_names,
    }
    for index, name in enumerate(field_names):
        class_namespace[name] = _tuplegetter(index, _sys.intern(f'Alias for field number {index}'))
    result = type(typename, (tuple,), class_namespace)

    # The class belongs to the module that asked for it.
    if module is None:
        try:
            module = _sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, ValueError):
            pass
    if module is not None:
        result.__module__ = module
    return result

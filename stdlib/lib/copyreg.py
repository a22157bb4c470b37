"""How objects are copied and pickled whose class does not say it: reducers by type, and what pickles refer to by name.

_reconstructor, __newobj__ and __newobj_ex__ stand in pickles, so their names and arguments are fixed.
"""

__all__ = ['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']

# --- reducers by type ---

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Have objects of exactly that type copied and pickled by what pickle_function(object) says."""
    if callable(pickle_function):
        dispatch_table[ob_type] = pickle_function
    else:
        raise TypeError('reduction functions must be callable')
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Only looks at what it gets: once, pickles could call what was registered here and nothing else."""
    if not callable(object):
        raise TypeError('constructors must be callable')


def pickle_complex(c):
    return complex, (c.real, c.imag)


def pickle_union(obj):
    from functools import reduce
    from operator import or_
    return reduce, (or_, obj.__args__)


dispatch_table |= {complex: pickle_complex, type(int | str): pickle_union}

# --- making an object anew ---


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    """An object of cls. base is the built-in type below it, and state what of the object is that type's."""
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


# --- protocols 0 and 1 ---

_IS_HEAP_TYPE = 1 << 9
_native_method = type(int.__new__)


def _native_base(cls):
    """The first class of the order of resolution that is built in, or whose __new__ is native."""
    for base in cls.__mro__:
        flags = getattr(base, '__flags__', _IS_HEAP_TYPE)
        new = base.__new__
        if not flags & _IS_HEAP_TYPE or isinstance(new, _native_method) and new.__self__ is base:
            return base
    return object


def _state_of(self, cls, proto):
    """What __getstate__ gives, or __dict__ for lack of it. Slots are not in reach of these protocols."""
    has_slots = bool(getattr(self, '__slots__', None))
    rule = f'a class that defines __slots__ without defining __getstate__ cannot be pickled with protocol {proto}'
    getstate = getattr(self, '__getstate__', None)
    if getstate is None:
        if has_slots:
            raise TypeError(f'cannot pickle {cls.__name__!r} object: {rule}')
        return getattr(self, '__dict__', None)
    if has_slots and type(self).__getstate__ is object.__getstate__:
        raise TypeError(rule)
    return getstate()


def _reduce_ex(self, proto):
    """What object.__reduce_ex__ does for protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    base = _native_base(cls)
    if base is cls is not object:
        raise TypeError(f'cannot pickle {cls.__name__!r} object')
    arguments = cls, base, None if base is object else base(self)
    state = _state_of(self, cls, proto)
    return (_reconstructor, arguments, state) if state else (_reconstructor, arguments)


# --- slots ---

def _own_slots(cls):
    """The names in the class's own __slots__, as attributes are called: mangled where they are private."""
    slots = vars(cls).get('__slots__', ())
    owner = cls.__name__.lstrip('_')
    for name in (slots,) if isinstance(slots, str) else slots:
        if name in ('__dict__', '__weakref__'):
            continue
        private = name.startswith('__') and not name.endswith('__')
        yield f'_{owner}{name}' if private and owner else name


def _slotnames(cls):
    """The slots of the class and of its bases; the answer is kept in the class, where it can be."""
    known = vars(cls).get('__slotnames__')
    if known is not None:
        return known
    names = [name for each in cls.__mro__ for name in _own_slots(each)] if hasattr(cls, '__slots__') else []
    try:
        cls.__slotnames__ = names
    except Exception:  # a class that takes no attributes
        pass
    return names


# --- codes for globals, which make pickles shorter ---

_extension_registry = {}  # (module, name) -> code
_inverted_registry = {}  # code -> (module, name)
_extension_cache = {}  # code -> the object, once it was looked up


def _is_registered(key, code):
    return _extension_registry.get(key) == code and _inverted_registry.get(code) == key


def add_extension(module, name, code):
    """Have the global module.name pickled as a number."""
    key, code = (module, name), int(code)
    if code not in range(1, 1 << 31):
        raise ValueError('code out of range')
    if _is_registered(key, code):
        return
    if (other := _extension_registry.get(key)) is not None:
        raise ValueError(f'key {key} is already registered with code {other}')
    if (other := _inverted_registry.get(code)) is not None:
        raise ValueError(f'code {code} is already in use for key {other}')
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    """Take back what add_extension did."""
    key = module, name
    if not _is_registered(key, code):
        raise ValueError(f'key {key} is not registered with code {code}')
    for table, entry in (_extension_registry, key), (_inverted_registry, code), (_extension_cache, code):
        table.pop(entry, None)


def clear_extension_cache():
    _extension_cache.clear()

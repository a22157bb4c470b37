"""Weak references, and the collections made of them.

In Gila an object dies in a collection, and the callbacks of its references run soon after, at a safepoint of some thread. An
entry of a weak collection is therefore dead for a moment before it is gone; every method here treats a dead entry as absent.
Loops walk over snapshots: what dies meanwhile is left out.
"""
from _weakref import (getweakrefcount, getweakrefs, ref, proxy, CallableProxyType, ProxyType, ReferenceType,
                      _remove_dead_weakref)
from _weakrefset import WeakSet
from _collections_abc import Mapping, MutableMapping, MutableSet

__all__ = ['ref', 'proxy', 'getweakrefcount', 'getweakrefs', 'WeakKeyDictionary', 'ReferenceType', 'ProxyType',
           'CallableProxyType', 'ProxyTypes', 'WeakValueDictionary', 'WeakSet', 'WeakMethod', 'finalize']

ProxyTypes = (ProxyType, CallableProxyType)
MutableSet.register(WeakSet)

_absent = object()


class WeakMethod(ref):
    """A weak reference to a bound method. A plain one would be dead at once: nobody holds the bound method itself."""

    __slots__ = ('_function', '_kind', '_both_live', '__weakref__')

    def __new__(cls, meth, callback=None):
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f'argument should be a bound method, not {type(meth)}') from None

        def one_died(_):
            method = itself()
            if method is not None and method._both_live:
                method._both_live = False
                if callback is not None:
                    callback(method)

        made = super().__new__(cls, owner, one_died)
        itself = ref(made)
        made._function = ref(function, one_died)
        made._kind = type(meth)
        made._both_live = True
        return made

    def __call__(self):
        owner, function = super().__call__(), self._function()
        return None if owner is None or function is None else self._kind(function, owner)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._both_live and other._both_live:
            return super().__eq__(other) and self._function == other._function
        return self is other

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows the key of the entry it is the value of."""

    __slots__ = ('key',)

    def __new__(cls, ob, callback, key):
        made = super().__new__(cls, ob, callback)
        made.key = key
        return made

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _WeakMapping(MutableMapping):
    """What both kinds share: `data` is a dict with references in it, `_pairs` gives the live entries of a snapshot."""

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x}>'

    def __len__(self):
        return sum(1 for _ in self._pairs())

    def keys(self):
        for key, _ in self._pairs():
            yield key

    def values(self):
        for _, value in self._pairs():
            yield value

    def items(self):
        return self._pairs()

    __iter__ = keys

    def _assign(self, *sources):
        for source in sources:
            for key, value in (source.items() if hasattr(source, 'items') else dict(source).items()):
                self[key] = value

    def copy(self):
        made = type(self)()
        made._assign(self)
        return made

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made._assign(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        made = type(self)()
        made._assign(other, self)
        return made

    def __ior__(self, other):
        self._assign(other)
        return self


class WeakValueDictionary(_WeakMapping):
    """A mapping whose entries vanish when nobody else holds their value."""

    def __init__(self, other=(), /, **kw):
        data = self.data = {}

        # Knows the dict alone, so that it does not keep the mapping alive.
        def forget(reference):
            _remove_dead_weakref(data, reference.key)

        self._forget = forget
        self.update(other, **kw)

    def _pairs(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def _live(self, key):
        """The value of the key, or _absent."""
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return _absent if value is None else value

    def __getitem__(self, key):
        value = self._live(key)
        if value is _absent:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._forget, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return self._live(key) is not _absent

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self._pairs():
            made[deepcopy(key, memo)] = value
        return made

    def get(self, key, default=None):
        value = self._live(key)
        return default if value is _absent else value

    def pop(self, key, *default):
        value = self._live(key)
        self.data.pop(key, None)
        if value is not _absent:
            return value
        if not default:
            raise KeyError(key)
        return default[0]

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def setdefault(self, key, default=None):
        value = self._live(key)
        if value is _absent:
            self[key] = value = default
        return value

    def update(self, other=None, /, **kwargs):
        self._assign(*([] if other is None else [other]), kwargs)

    def valuerefs(self):
        """The references themselves; some may be dead."""
        return list(self.data.values())

    def itervaluerefs(self):
        yield from self.valuerefs()


class WeakKeyDictionary(_WeakMapping):
    """A mapping whose entries vanish when nobody else holds their key."""

    def __init__(self, dict=None):
        data = self.data = {}
        self._forget = lambda reference: data.pop(reference, None)
        if dict is not None:
            self.update(dict)

    def _pairs(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._forget)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self._pairs():
            made[key] = deepcopy(value, memo)
        return made

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._forget), default)

    def update(self, dict=None, /, **kwargs):
        self._assign(*([] if dict is None else [dict]), kwargs)

    def keyrefs(self):
        """The references themselves; some may be dead."""
        return list(self.data)


class finalize:
    """Calls func(*args, **kwargs) once: when obj dies, when it is called itself, or at the end of the program.

    What it needs for that is in _pending, by finalizer, in the order of their making; who is not there any more is dead.
    """

    __slots__ = ()
    _pending = {}
    _ended = False  # the program's end has called them: nothing is called any more
    _announced = False  # atexit knows of them

    class _Entry:
        __slots__ = ('reference', 'call', 'atexit')

        def __init__(self, reference, call):
            self.reference = reference
            self.call = call
            self.atexit = True

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._announced:
            import atexit
            atexit.register(finalize._at_exit)
            finalize._announced = True
        finalize._pending[self] = finalize._Entry(ref(obj, self), (func, args, kwargs))

    def __call__(self, _=None):
        entry = finalize._pending.pop(self, None)
        if entry is not None and not finalize._ended:
            func, args, kwargs = entry.call
            return func(*args, **kwargs)

    def peek(self):
        """(obj, func, args, kwargs) while it is alive, else None."""
        entry = finalize._pending.get(self)
        obj = None if entry is None else entry.reference()
        return None if obj is None else (obj, *entry.call)

    def detach(self):
        """As peek, and it is dead afterwards."""
        told = self.peek()
        if told is not None and finalize._pending.pop(self, None) is not None:
            return told

    @property
    def alive(self):
        return self in finalize._pending

    @property
    def atexit(self):
        """Is it called at the end of the program?"""
        entry = finalize._pending.get(self)
        return entry is not None and entry.atexit

    @atexit.setter
    def atexit(self, value):
        entry = finalize._pending.get(self)
        if entry is not None:
            entry.atexit = bool(value)

    def __repr__(self):
        told = self.peek()
        what = 'dead' if told is None else f'for {type(told[0]).__name__!r} at {id(told[0]):#x}'
        return f'<{type(self).__name__} object at {id(self):#x}; {what}>'

    @classmethod
    def _at_exit(cls):
        """The youngest first; one that makes another has that one called as well."""
        import sys
        while True:
            waiting = [finalizer for finalizer, entry in list(cls._pending.items()) if entry.atexit]
            if not waiting:
                break
            try:
                waiting[-1]()
            except Exception:
                sys.excepthook(*sys.exc_info())
        finalize._ended = True

"""What collections takes from the native _collections, in the language itself, for programs that block that module.

Here are OrderedDict and the item getters of named tuples. deque and defaultdict have no such twin.
"""
import sys as _sys
from _collections_abc import ItemsView, KeysView, MutableMapping, ValuesView
from operator import eq as _eq, itemgetter as _itemgetter
from _weakref import proxy as _proxy
from reprlib import recursive_repr as _recursive_repr

__all__ = ['OrderedDict', '_tuplegetter']


def _tuplegetter(index, doc):
    return property(_itemgetter(index), doc=doc)


class _Keys(KeysView):
    def __reversed__(self):
        return reversed(self._mapping)


class _Values(ValuesView):
    def __reversed__(self):
        for key in reversed(self._mapping):
            yield self._mapping[key]


class _Items(ItemsView):
    def __reversed__(self):
        for key in reversed(self._mapping):
            yield key, self._mapping[key]


class _Link:
    """A place in the ring that keeps the order: the key, the link before it (weakly) and the one behind it."""

    __slots__ = 'key', 'before', 'behind', '__weakref__'


class OrderedDict(dict):
    """A dict that knows its order: keys can be moved to either end, and equality looks at the order.

    The links are a ring through `_root`, whose neighbours are the last and the first key; `_links` finds the link of
    a key. The references backwards are weak, so that the ring is no cycle.
    """

    def __new__(cls, /, *args, **kwds):
        self = dict.__new__(cls)
        self._hard_root = root = _Link()
        self._root = _proxy(root)
        root.before = root.behind = self._root
        self._links = {}
        return self

    def __init__(self, other=(), /, **kwds):
        self.__update(other, **kwds)

    def __setitem__(self, key, value, *, _set=dict.__setitem__):
        if key not in self:
            link = self._links[key] = _Link()
            root = self._root
            last = root.before
            link.key, link.before, link.behind = key, last, root
            last.behind = link
            root.before = _proxy(link)
        _set(self, key, value)

    def __delitem__(self, key, *, _delete=dict.__delitem__):
        _delete(self, key)
        link = self._links.pop(key)
        before, behind = link.before, link.behind
        before.behind, behind.before = behind, before
        link.before = link.behind = None

    def _walk(self, step):
        root = self._root
        link = getattr(root, step)
        while link is not root:
            yield link.key
            link = getattr(link, step)

    def __iter__(self):
        return self._walk('behind')

    def __reversed__(self):
        return self._walk('before')

    def clear(self):
        """od.clear() -> None.  Remove all items from od."""
        for link in self._links.values():
            link.before = link.behind = None
        self._links.clear()
        root = self._root
        root.before = root.behind = root
        dict.clear(self)

    def popitem(self, last=True):
        """Remove and return a (key, value) pair from the dictionary.

        Pairs are returned in LIFO order if last is true or FIFO order if false.
        """
        if not self:
            raise KeyError('dictionary is empty')
        root = self._root
        key = (root.before if last else root.behind).key
        link = self._links.pop(key)
        before, behind = link.before, link.behind
        before.behind, behind.before = behind, before
        return key, dict.pop(self, key)

    def move_to_end(self, key, last=True):
        """Move an existing element to the end (or beginning if last is false).

        Raise KeyError if the element does not exist.
        """
        link = self._links[key]
        before, behind, root = link.before, link.behind, self._root
        weak = behind.before
        before.behind, behind.before = behind, before
        if last:
            end = root.before
            link.before, link.behind = end, root
            root.before, end.behind = weak, link
        else:
            end = root.behind
            link.before, link.behind = root, end
            root.behind, end.before = link, weak

    def __sizeof__(self):
        size = _sys.getsizeof(self.__dict__)
        count = len(self) + 1
        return (size + 2 * _sys.getsizeof(self._links) + count * _sys.getsizeof(self._hard_root)
                + count * _sys.getsizeof(self._root))

    update = __update = MutableMapping.update

    def keys(self):
        "D.keys() -> a set-like object providing a view on D's keys"
        return _Keys(self)

    def items(self):
        "D.items() -> a set-like object providing a view on D's items"
        return _Items(self)

    def values(self):
        "D.values() -> an object providing a view on D's values"
        return _Values(self)

    __ne__ = MutableMapping.__ne__
    __absent = object()

    def pop(self, key, default=__absent):
        """od.pop(k[,d]) -> v, remove specified key and return the corresponding value.

        If key is not found, d is returned if given, otherwise KeyError is raised.
        """
        absent = self.__absent
        value = dict.pop(self, key, absent)
        if value is not absent:
            link = self._links.pop(key)
            before, behind = link.before, link.behind
            before.behind, behind.before = behind, before
            link.before = link.behind = None
            return value
        if default is absent:
            raise KeyError(key)
        return default

    def setdefault(self, key, default=None):
        """Insert key with a value of default if key is not in the dictionary.

        Return the value for key if key is in the dictionary, else default.
        """
        if key not in self:
            self[key] = default
            return default
        return self[key]

    @_recursive_repr()
    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        return f'{self.__class__.__name__}({list(self.items())!r})'

    def __reduce__(self):
        """Return state information for pickling"""
        state = self.__getstate__()
        if isinstance(state, tuple):
            state, slots = state
        else:
            slots = {}
        state, slots = dict(state or {}), dict(slots)
        for name in vars(OrderedDict()):
            state.pop(name, None)
            slots.pop(name, None)
        if slots:
            state = state, slots
        return self.__class__, (), state or None, None, iter(self.items())

    def copy(self):
        """od.copy() -> a shallow copy of od"""
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Create a new ordered dictionary with keys from iterable and values set to value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(map(_eq, self, other))
        return dict.__eq__(self, other)

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made


OrderedDict.__module__ = 'collections'

"""ChainMap: several mappings seen as one."""
from _collections_abc import Mapping, MutableMapping
from reprlib import recursive_repr


_absent = object()


class ChainMap(MutableMapping):
    """Reading asks the mappings in `maps` one after the other; writing and deleting touch the first alone."""

    __module__ = 'collections'

    def __init__(self, *maps):
        self.maps = [*maps] or [{}]

    # --- reading ---

    def __getitem__(self, key):
        for mapping in self.maps:
            if type(mapping) is dict:
                # A miss costs no exception.
                value = mapping.get(key, _absent)
                if value is not _absent:
                    return value
                continue
            try:
                return mapping[key]
            except KeyError:
                continue
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def get(self, key, default=None):
        if key in self:
            return self[key]
        return default

    def __contains__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return True
        return False

    def _flat(self):
        """The keys in the order of their first insertion, the last mapping's before the others'."""
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(dict.fromkeys(mapping))
        return keys

    def __iter__(self):
        return iter(self._flat())

    def __len__(self):
        return len(self._flat())

    def __bool__(self):
        return any(self.maps)

    @recursive_repr()
    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, ', '.join([repr(mapping) for mapping in self.maps]))

    # --- other chains ---

    @classmethod
    def fromkeys(cls, iterable, *args):
        """A chain of one new dict."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """The first mapping is copied, the others are shared."""
        first, *others = self.maps
        return type(self)(first.copy(), *others)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A chain with one mapping more in front."""
        if m is None:
            return type(self)(kwargs, *self.maps)
        if kwargs:
            m.update(kwargs)
        return type(self)(m, *self.maps)

    @property
    def parents(self):
        """The chain without its first mapping."""
        return type(self)(*self.maps[1:])

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        made = self.copy()
        made |= other
        return made

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        merged = dict(other)
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return type(self)(merged)

    # --- writing ---

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def _from_first(self, take, message):
        try:
            return take()
        except KeyError:
            raise KeyError(message) from None

    def __delitem__(self, key):
        self._from_first(lambda: self.maps[0].__delitem__(key), f'Key not found in the first mapping: {key!r}')

    def pop(self, key, *args):
        return self._from_first(lambda: self.maps[0].pop(key, *args), f'Key not found in the first mapping: {key!r}')

    def popitem(self):
        return self._from_first(lambda: self.maps[0].popitem(), 'No keys found in the first mapping.')

    def clear(self):
        self.maps[0].clear()

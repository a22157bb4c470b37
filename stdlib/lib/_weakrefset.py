"""WeakSet: a set whose members stay only as long as somebody else holds them.

The members stand in a plain set as weak references, each of which takes itself out when its object dies. Whoever walks over
the set walks over a snapshot, so deaths in the middle of a loop change nothing that the loop sees.
"""
from _weakref import ref
from types import GenericAlias

__all__ = ['WeakSet']


def _refs(items):
    """Weak references to the items, as a set; what cannot be referred to weakly is a TypeError."""
    return {ref(item) for item in items}


class WeakSet:
    """A set of weak references to its members."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, data=None):
        self.data = set()
        # The reference must not keep the set alive: it knows the bare set alone.
        self._remove = self.data.discard
        if data is not None:
            self.update(data)

    def _alive(self):
        """The members, as they are now."""
        members = (member() for member in self.data.copy())
        return [member for member in members if member is not None]

    # --- asking ---

    def __iter__(self):
        for member in self.data.copy():
            strong = member()
            if strong is not None:
                yield strong

    def __len__(self):
        return len(self._alive())

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __repr__(self):
        return repr(self.data)

    def __reduce__(self):
        return type(self), (self._alive(),), self.__getstate__()

    def __eq__(self, other):
        return self.data == _refs(other) if isinstance(other, type(self)) else NotImplemented

    def __lt__(self, other):
        return self.data < _refs(other)

    def __gt__(self, other):
        return self.data > _refs(other)

    def issubset(self, other):
        return self.data <= _refs(other)

    def issuperset(self, other):
        return self.data >= _refs(other)

    def isdisjoint(self, other):
        return self.data.isdisjoint(_refs(other))

    __le__ = issubset
    __ge__ = issuperset

    # --- new sets ---

    def copy(self):
        return type(self)(self)

    def union(self, other):
        both = self.copy()
        both.update(other)
        return both

    def intersection(self, other):
        return type(self)(filter(self.__contains__, other))

    def difference(self, other):
        rest = self.copy()
        rest.difference_update(other)
        return rest

    def symmetric_difference(self, other):
        either = self.copy()
        either.symmetric_difference_update(other)
        return either

    __or__ = union
    __and__ = intersection
    __sub__ = difference
    __xor__ = symmetric_difference

    # --- changing ---

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def remove(self, item):
        self.data.remove(ref(item))

    def discard(self, item):
        self.data.discard(ref(item))

    def clear(self):
        self.data.clear()

    def pop(self):
        while self.data:
            strong = self.data.pop()()
            if strong is not None:
                return strong
        raise KeyError('pop from empty WeakSet')

    def update(self, other):
        for item in other:
            self.add(item)

    def intersection_update(self, other):
        self.data &= _refs(other)

    def difference_update(self, other):
        self.data -= _refs(other)

    def symmetric_difference_update(self, other):
        for member in _refs(other):
            strong = member()
            if member in self.data:
                self.data.discard(member)
            elif strong is not None:
                self.add(strong)

    def __ior__(self, other):
        self.update(other)
        return self

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

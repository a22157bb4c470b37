"""Counter: a dict of elements and how often each occurs."""
import heapq
import operator
from itertools import chain, repeat, starmap
from _collections_abc import Mapping

try:
    from _collections import _count_elements
except ImportError:
    def _count_elements(mapping, iterable):
        """Count every item of the iterable in the mapping."""
        known = mapping.get
        for item in iterable:
            mapping[item] = known(item, 0) + 1

_by_count = operator.itemgetter(1)


def _comparison(test, strict=False):
    """A comparison of multisets: `test` holds for the counts of every element of either (`strict`: and they differ)."""
    def compare(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        if strict and self == other:
            return False
        return all(test(self[element], other[element]) for element in chain(self, other))
    return compare


def _combination(combine):
    """An operator on multisets: what `combine` makes of both counts, as far as it is above zero."""
    def operate(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for element in chain(self, (element for element in other if element not in self)):
            count = combine(self[element], other[element])
            if count > 0:
                made[element] = count
        return made
    return operate


def _in_place(name, combine, over):
    """The same in place; `over` chooses whose elements are looked at."""
    def operate(self, other):
        for element, _ in list(over(self, other).items()):
            self[element] = combine(self[element], other[element])
        for element in [element for element, count in self.items() if not count > 0]:
            del self[element]
        return self
    operate.__name__, operate.__qualname__ = name, f'Counter.{name}'
    return operate


def _of_other(self, other):
    return other


def _of_self(self, other):
    return self


class Counter(dict):
    """A dict of elements and how often each occurs. What is not in it occurs 0 times.

    >>> letters = Counter('banana')
    >>> letters.most_common(1), letters['n'], letters['z']
    ([('a', 3)], 2, 0)
    """

    __module__ = 'collections'

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def __delitem__(self, elem):
        """Like dict's, but a missing element is no error."""
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        name = type(self).__name__
        if not self:
            return name + '()'
        try:
            pairs = self.most_common()
        except TypeError:
            pairs = self.items()  # counts that have no order
        return f'{name}({dict(pairs)!r})'

    def __reduce__(self):
        return type(self), (dict(self),)

    def copy(self):
        return type(self)(self)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    # --- counting ---

    def update(self, iterable=None, /, **kwds):
        """Add the counts of a mapping, or one for every element of an iterable."""
        if isinstance(iterable, Mapping):
            if not self:
                super().update(iterable)
            else:
                for element, count in iterable.items():
                    self[element] = count + self.get(element, 0)
        elif iterable is not None:
            _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take the counts of a mapping away, or one for every element of an iterable. Counts may fall below zero."""
        if iterable is not None:
            pairs = iterable.items() if isinstance(iterable, Mapping) else zip(iterable, repeat(1))
            for element, count in pairs:
                self[element] = self.get(element, 0) - count
        if kwds:
            self.subtract(kwds)

    def total(self):
        """The sum of all counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n most frequent elements with their counts, the most frequent first; all of them when n is None."""
        if n is None:
            return sorted(self.items(), key=_by_count, reverse=True)
        return heapq.nlargest(n, self.items(), key=_by_count)

    def elements(self):
        """An iterator over the elements, each as often as it counts."""
        return chain.from_iterable(starmap(repeat, self.items()))

    # --- as multisets: an element that is missing counts 0 ---

    __eq__ = _comparison(operator.eq)
    __le__ = _comparison(operator.le)
    __ge__ = _comparison(operator.ge)
    __lt__ = _comparison(operator.le, strict=True)
    __gt__ = _comparison(operator.ge, strict=True)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __add__ = _combination(operator.add)
    __sub__ = _combination(operator.sub)
    __or__ = _combination(max)
    __and__ = _combination(min)
    __iadd__ = _in_place('__iadd__', operator.add, _of_other)
    __isub__ = _in_place('__isub__', operator.sub, _of_other)
    __ior__ = _in_place('__ior__', max, _of_other)
    __iand__ = _in_place('__iand__', min, _of_self)

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

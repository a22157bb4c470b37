"""Binary search in sorted sequences, in the language itself: bisect uses it when _bisect cannot be imported."""


def _search(a, x, lo, hi, key, goes_on):
    """The first index of a[lo:hi] at whose item goes_on(item, x) is false."""
    if lo < 0:
        raise ValueError('lo must be non-negative')
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) >> 1
        item = a[middle]
        if goes_on(item if key is None else key(item), x):
            lo = middle + 1
        else:
            hi = middle
    return lo


def _is_less(item, x):
    return item < x


def _is_not_greater(item, x):
    return not x < item


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """Where x belongs in the sorted a: behind all items that are equal to it."""
    return _search(a, x, lo, hi, key, _is_not_greater)


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """Where x belongs in the sorted a: before all items that are equal to it."""
    return _search(a, x, lo, hi, key, _is_less)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Insert x into the sorted a, behind its equals."""
    place = _search(a, x if key is None else key(x), lo, hi, key, _is_not_greater)
    a.insert(place, x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Insert x into the sorted a, before its equals."""
    place = _search(a, x if key is None else key(x), lo, hi, key, _is_less)
    a.insert(place, x)

"""What the messages of assertions are made of."""
from os.path import commonprefix

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = 5
_MIN_END_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)


def _shorten(text, start, end):
    """Leave out the middle: `start` characters before it and `end` behind it stay."""
    left_out = len(text) - start - end
    if left_out <= _PLACEHOLDER_LEN:
        return text
    return f'{text[:start]}[{left_out} chars]{text[len(text) - end:]}'


def _common_shorten_repr(*args):
    """Texts of values that differ, short enough to be read: what they have in common is left out first."""
    texts = tuple(map(safe_repr, args))
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    prefix = commonprefix(texts)
    size = len(prefix)
    room = _MAX_LENGTH - (longest - size) - _MIN_BEGIN_LEN - _PLACEHOLDER_LEN
    if room > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + text[size:] for text in texts)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(text[size:], _MIN_DIFF_LEN, _MIN_END_LEN) for text in texts)


def safe_repr(obj, short=False):
    """repr(), or the plainest text if that fails; cut after 80 characters if `short`."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if not short or len(text) < _MAX_LENGTH:
        return text
    return text[:_MAX_LENGTH] + ' [truncated]...'


def strclass(cls):
    """A class with its module."""
    return f'{cls.__module__}.{cls.__qualname__}'


def sorted_list_difference(expected, actual):
    """(missing, unexpected): what only one of two sorted lists has, each once."""
    missing, unexpected = [], []
    i = j = 0

    def skip(items, at, value):
        while at < len(items) and items[at] == value:
            at += 1
        return at

    while i < len(expected) and j < len(actual):
        wanted, got = expected[i], actual[j]
        if wanted < got:
            missing.append(wanted)
            i = skip(expected, i, wanted)
        elif wanted > got:
            unexpected.append(got)
            j = skip(actual, j, got)
        else:
            i, j = skip(expected, i, wanted), skip(actual, j, wanted)
    return missing + expected[i:], unexpected + actual[j:]


def unorderable_list_difference(expected, actual):
    """The same for items without an order; `actual` is used up."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """-1, 0 or 1."""
    return (x > y) - (x < y)


class Mismatch(tuple):
    """(count in the first, count in the second, value)"""

    __slots__ = ()

    def __new__(cls, actual, expected, value):
        return tuple.__new__(cls, (actual, expected, value))

    actual = property(lambda self: self[0])
    expected = property(lambda self: self[1])
    value = property(lambda self: self[2])

    def __repr__(self):
        return 'Mismatch(actual=%r, expected=%r, value=%r)' % tuple(self)


_Mismatch = Mismatch


def _count_diff_hashable(actual, expected):
    """The values whose numbers differ, by counting."""
    from collections import Counter
    first, second = Counter(actual), Counter(expected)
    found = [Mismatch(count, second.get(value, 0), value) for value, count in first.items()
             if count != second.get(value, 0)]
    found += [Mismatch(0, count, value) for value, count in second.items() if value not in first]
    return found


def _count_diff_all_purpose(actual, expected):
    """The values whose numbers differ, by comparing each with each."""
    gone = object()
    first, second = list(actual), list(expected)
    found = []

    def take(items, value, start):
        count = 0
        for at in range(start, len(items)):
            if items[at] == value:
                count += 1
                items[at] = gone
        return count

    for at, value in enumerate(first):
        if value is not gone:
            count = 1 + take(first, value, at + 1)
            other = take(second, value, 0)
            if count != other:
                found.append(Mismatch(count, other, value))
    for at, value in enumerate(second):
        if value is not gone:
            found.append(Mismatch(0, 1 + take(second, value, at + 1), value))
    return found

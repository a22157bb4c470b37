"""Iterators over iterators, and aliases of aliases, nested deeper than the native stack: an error, no crash."""
import functools
import itertools
import typing

DEPTH = 200_000


def nested(wrap, innermost):
    for _ in range(DEPTH):
        innermost = wrap(innermost)
    return innermost


WRAPS = {
    'map': lambda it: map(abs, it), 'filter': lambda it: filter(None, it), 'zip': zip, 'enumerate': enumerate,
    'chain': itertools.chain, 'islice': lambda it: itertools.islice(it, 1), 'cycle': itertools.cycle,
    'accumulate': itertools.accumulate, 'pairwise': itertools.pairwise, 'groupby': itertools.groupby,
    'tee': lambda it: itertools.tee(it)[0], 'takewhile': functools.partial(itertools.takewhile, bool),
    'dropwhile': functools.partial(itertools.dropwhile, lambda x: False), 'zip_longest': itertools.zip_longest,
    'filterfalse': functools.partial(itertools.filterfalse, lambda x: False),
    'compress': lambda it: itertools.compress(it, [1]), 'starmap': lambda it: itertools.starmap(max, it),
    'iter': lambda it: iter(it.__next__, 5),
}

for name, wrap in WRAPS.items():
    iterator = nested(wrap, iter([1, 2]))
    try:
        next(iterator)
    except (RecursionError, StopIteration, TypeError):
        pass
    print(name, 'came to an end')
    del iterator

parameter = typing.TypeVar('parameter')
alias = nested(lambda inner: list[inner], parameter)
try:
    alias[int]
except RecursionError as error:
    print(type(error).__name__)
print(list(map(abs, filter(None, itertools.chain([0, -1], [-2])))))

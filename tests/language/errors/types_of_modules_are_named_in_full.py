# Messages name a type of a native module with the module, as 'datetime.date'; reprs and classes of programs do not.
import array
import collections
import datetime
import decimal
import functools
import io
import itertools
import operator
import re
import threading


class Mine(collections.deque):
    pass


for thing in (datetime.date(2020, 1, 1), collections.deque(), io.BytesIO(), decimal.Decimal(1), itertools.count(),
              array.array('i'), functools.partial(int), re.compile('a'), threading.Lock(), operator.itemgetter(1),
              collections.OrderedDict(), collections.defaultdict(), datetime.timezone.utc, Mine()):
    for work in (lambda: 1 + thing, lambda: memoryview(thing), lambda: thing.nosuch, lambda: int(thing), lambda: open(thing),
                 lambda: [1][thing], lambda: ''.join([thing]), lambda: b''.join([thing]), lambda: float(thing),
                 lambda: exec(thing), lambda: isinstance(1, thing), lambda: range(thing)):
        try:
            work()
        except Exception as problem:
            print(f'{type(problem).__name__}: {problem}')
print(datetime.date(2020, 1, 1), repr(Mine('ab')), repr(collections.deque()), repr(decimal.Decimal(1)), itertools.count())

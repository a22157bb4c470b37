"""Comparisons that need no call: ints, tuples, and instances of their subclasses; and those whose class says otherwise."""
import enum
from collections import namedtuple


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Odd(int):
    def __lt__(self, other):
        return 'odd <'


class Backwards(int):
    def __gt__(self, other):
        return 'asked first'


class Same(tuple):
    def __eq__(self, other):
        return 'same?'

    __hash__ = tuple.__hash__


class Never:
    def __eq__(self, other):
        return NotImplemented

    __hash__ = object.__hash__


Point = namedtuple('Point', 'x y')
nan = float('nan')
for _ in range(3):
    print(Level.LOW < Level.HIGH, Level.LOW == 1, 2 >= Level.HIGH, Level.LOW != True, Level.HIGH > 10**30, Level(1) is Level.LOW)
    print(Odd(1) < 2, 1 < Odd(2), Odd(3) > 2, 2 > Odd(1), Odd(1) < Odd(0), 1 < Backwards(2), Backwards(1) < 2, Odd(5) == 5)
    print(Point(1, 2) == (1, 2), (1, 2) == Point(1, 2), Point(1, 2) != Point(1, 3), Point(1, (2, [3])) == (1, (2, [3])))
    print(Same((1,)) == (1,), (1,) == Same((1,)), Same() != (), (Same(),) == ((),), Point(Same(), 1) == ((), 1))
    print((nan,) == (nan,), (nan,) == (float('nan'),), (1, 2.0, True) == (True, 2, 1), (1, 'a') == (1, b'a'), () == (), (1,) != ())
    print(((((1,),),),) == ((((1,),),),), ((((((1, 2),),),),),) == ((((((1, 3),),),),),), (1, Never()) == (1, Never()))
    print(Point(1, 2) == [1, 2], Point(1, 2) < (1, 3), Point(2, 1) >= Point(1, 9), (10**20, 1) == (10**20, 1))

keys = {}
for key in [(1, 'a', (2, 'b')), (1, 'a', (2, 'b', (3, (4, (5,))))), Point(1, 2), (1.0, True), (0, -0.0), (nan,), ('x', None)]:
    keys[key] = len(keys)
print(keys[(1, 'a', (2, 'b'))], keys[(1, 'a', (2, 'b', (3, (4, (5,)))))], keys[(1, 2)], keys[(True, 1)], keys[(False, 0)])
print((nan,) in keys, (float('nan'),) in keys, ('x', None) in keys, ('x', 0) in keys, len(keys))

nest = ()
for _ in range(100_000):
    nest = (nest,)
other = ()
for _ in range(100_000):
    other = (other,)
try:
    nest == other
    print('compared')
except RecursionError:
    print('RecursionError')

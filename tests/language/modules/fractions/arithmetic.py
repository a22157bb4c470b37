import math
from fractions import Fraction as F


def show(function, *args):
    """Prints what a call gives, or how it fails."""
    try:
        print(args, repr(function(*args)))
    except Exception as error:
        print(args, type(error).__name__, error)


for args in (('x',), ('1/0',), (1, 0), (1.5, 2), ('a/b',), (float('nan'),), (float('inf'),), ('1e3',), (' 1/2 ',),
             ('1 /2',), ('1_0/2',), ('.5',), ('-1.25e-2',), (None,), (1, 'a'), (0.1,), (F(1, 2), F(3, 4)), (6, -4)):
    show(F, *args)
values = (F(7, 2), F(-1, 3), 2, 0.5, F(0))
for a in values[:2]:
    for b in values:
        for op in (lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y, lambda x, y: x / y, lambda x, y: x // y,
                   lambda x, y: x % y, divmod, lambda x, y: x**y, lambda x, y: x < y, lambda x, y: x == y,
                   lambda x, y: y - x, lambda x, y: y / x):
            show(op, a, b)
print(round(F(7, 2)), round(F(5, 2)), round(F(1234, 100), 1), round(F(1234), -2), math.floor(F(-7, 2)), math.ceil(F(-7, 2)),
      int(F(-7, 2)), math.trunc(F(7, 2)), hash(F(1, 2)) == hash(0.5), hash(F(3)) == hash(3), F('3.14159').limit_denominator(100),
      F(2, 3).as_integer_ratio(), str(F(3)), abs(F(-1, 2)), bool(F(0)), float(F(1, 3)), F(1, 2) + 1j)
show(F(1, 3).limit_denominator, 0)
show(F.from_float, 'a')
print(sum([F(1, n) for n in range(1, 30)]))

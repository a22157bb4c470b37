# What stands behind the left operand is marked as the operator, be it the bracket around that operand; a subscript is
# marked up to its index, without the brackets around that. Lines on a screen and text from traceback agree.
import sys
import traceback

zero = 0
TESTS = [
    lambda: (1 + 2) / zero,
    lambda: (1 + 2)/zero,
    lambda: 3 / (zero),
    lambda: ((1)) / ((zero)),
    lambda: (named := 3) + 'x',
    lambda: (not zero) + 'x',
    lambda: [1, 2][(3)],
    lambda: ([1, 2])[3],
    lambda: (lambda: 0) + 1,
    lambda: (zero if zero else 1)//zero,
    lambda: (1, 2) + 3,
    lambda: (1 +  2)  //  zero,
    lambda: zero ** -1,
    lambda: len('x') ['a'],
    lambda: 'a'   + 1,
    lambda: 1+'a',
    lambda: ('a')+1,
    lambda: {'a': {}}['a']['b'],
    lambda: 'text'[1:2]['x'],
]
for test in TESTS:
    try:
        test()
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        last = error
raise RuntimeError((zero + 1) * 2) from TESTS[int((1 + 2) / 3) - 1]()

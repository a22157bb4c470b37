"""decimal: some thousands of operations on awkward numbers, roundings and exponents; a digest of all that comes out."""
import hashlib
import random
from decimal import *

rng = random.Random(20)
ROUNDINGS = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
UNARY = ['abs', 'minus', 'plus', 'exp', 'ln', 'log10', 'logb', 'next_minus', 'next_plus', 'normalize', 'sqrt',
         'to_integral_exact', 'to_integral_value', 'number_class', 'to_eng_string', 'to_sci_string']
BINARY = ['add', 'subtract', 'multiply', 'divide', 'divide_int', 'divmod', 'remainder', 'remainder_near', 'compare', 'max',
          'compare_signal', 'compare_total', 'compare_total_mag', 'min', 'max_mag', 'min_mag', 'next_toward', 'quantize',
          'rotate', 'same_quantum', 'scaleb', 'shift', 'copy_sign', 'logical_and', 'logical_or', 'logical_xor']


def number():
    if rng.random() < 0.05:
        return rng.choice(['NaN', 'sNaN', '-NaN12', 'Inf', '-Inf', 'sNaN3'])
    digits = ''.join(rng.choice('0123456789') for _ in range(rng.choice([1, 2, 3, 5, 9, 12, 20, 40, 60])))
    if rng.random() < 0.3:
        digits = rng.choice('159') + rng.choice('09') * rng.randint(0, 15)
    return rng.choice(['', '', '-']) + digits + 'E' + str(rng.choice([0, 0, -1, -2, 1, rng.randint(-12, 12),
                                                                     rng.randint(-400, 400)]))


for name in UNARY + BINARY + ['fma']:
    digest = hashlib.sha256()
    for _ in range(60):
        context = Context(prec=rng.choice([1, 2, 5, 9, 16, 28, 50]), rounding=rng.choice(ROUNDINGS), traps=[],
                          Emax=rng.choice([99, 384, 999999]), Emin=-rng.choice([99, 383, 999999]), clamp=rng.choice([0, 1]))
        arguments = [number() for _ in range(1 if name in UNARY else 3 if name == 'fma' else 2)]
        if name in ('rotate', 'shift', 'scaleb'):
            arguments[1] = str(rng.randint(-9, 9))
        result = getattr(context, name)(*map(Decimal, arguments))
        flags = [signal.__name__ for signal in context.flags if context.flags[signal]]
        digest.update(repr((arguments, result, flags)).encode())
    print(name, digest.hexdigest()[:20])

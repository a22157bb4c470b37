from decimal import *
import math


def show(function, *args):
    """Prints what a call gives, or how it fails."""
    try:
        print(args, repr(function(*args)))
    except Exception as error:
        print(args, type(error).__name__, error)


D = Decimal
for text in ('1.10', '-0', '1e5', '1E-10', 'Infinity', '-inf', 'nan', 'sNaN123', 'abc', '', ' 1_000.5 ', '0e-8', '1e400', '.5', '5.', '0.000001', '0.0000001', '123456789012345678901234567890.123'):
    show(D, text)
for value in (1, -5, 10**40, 0.1, 1.5, float('inf'), (1, (1, 2, 3), -2), (0, (), 'n'), [0, (1,), 'F'], None, 1j, (2, (1,), 0), True):
    show(D, value)
numbers = [D('1.1'), D('-2.25'), D('0'), D('-0'), D('3'), D('1E+20'), D('1E-20'), D('Infinity'), D('NaN'), D('7.000')]
ops = (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b, lambda a, b: a // b, lambda a, b: a % b,
       divmod, lambda a, b: a < b, lambda a, b: a == b, lambda a, b: a.compare(b), lambda a, b: a.max(b), lambda a, b: a.remainder_near(b),
       lambda a, b: a.compare_total(b), lambda a, b: a.quantize(b), lambda a, b: a.copy_sign(b), lambda a, b: a.next_toward(b))
for op in ops:
    for a in numbers:
        for b in numbers:
            show(op, a, b)
for x in ('2', '0.5', '10', '1.000001', '123.456', '1E+10', '1E-10', '0', '-1', '0.1'):
    for name in ('sqrt', 'exp', 'ln', 'log10', 'logb', 'normalize', 'to_integral_value', 'next_plus', 'next_minus', 'adjusted', 'as_tuple', 'to_eng_string', 'number_class', 'is_normal', '__neg__', '__abs__', '__int__', '__hash__', 'as_integer_ratio'):
        show(getattr(D(x), name))
for a, b in (('2', '10'), ('2', '-1'), ('2', '0.5'), ('4', '0.5'), ('1.1', '100'), ('0', '0'), ('0', '-1'), ('-8', '3'), ('-8', '0.5'), ('10', '50'), ('1', '0.3'), ('9', '1.5'), ('3', '1000'), ('0.3', '0.7')):
    show(lambda: D(a) ** D(b))
show(pow, D(3), D(5), D(7))
for spec in ('', '.2f', '10.3f', '<10', '^10.1f', '+.2e', ',', ',.2f', '010.2f', '%', '.1%', 'e', '.3g', 'E', 'x', '*>12', '08', ' .2f', '.0f'):
    show(format, D('1234.5678'), spec)
    show(format, D('-0.00012'), spec)
    show(format, D('NaN'), spec)
for rounding in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    print(rounding, [str(D(x).quantize(D('1'), rounding=rounding)) for x in ('0.5', '1.5', '-1.5', '2.4', '2.6', '-2.5', '10.1')])
with localcontext() as ctx:
    ctx.prec = 5
    ctx.traps[Inexact] = True
    show(lambda: D(1) / D(3))
    print(ctx.flags[Inexact], ctx.flags[Rounded])
with localcontext(prec=50):
    print(D(1) / D(7), D(2).sqrt(), D(1).exp(), D(10).ln())
print(getcontext().prec, round(D('2.675'), 2), round(D('2.5')), math.floor(D('-1.5')), math.ceil(D('1.2')), math.trunc(D('-1.9')), float(D('1.1')))
print(D(1) == 1.0, D('0.5') == 0.5, D('0.1') == 0.1, hash(D('0.5')) == hash(0.5), hash(D(10**30)) == hash(10**30), D(1) < 2, D('1.5') > 1.25)
print(sum([D('0.1')] * 10), max(D(1), D(2)), sorted([D(3), D(1)]), D('1.20') + 1, 2 * D('0.5'))
show(lambda: D(1) / 0)
show(lambda: D(0) / 0)
show(lambda: D('1e999999') * 10)
show(lambda: D('1e-999999') / 10**30)
show(getcontext().create_decimal, '1.23456789012345678901234567890123')
show(lambda: Context(prec=3).divide(D(1), D(3)))
show(lambda: Context(prec=0))
show(lambda: Context(rounding='x'))
print(Context(prec=3), BasicContext.prec, ExtendedContext.traps[InvalidOperation])
print(ExtendedContext.divide(D(1), D(0)), ExtendedContext.sqrt(D(-1)), ExtendedContext.power(D(2), D(3)), D('1010').logical_and(D('1100')), D('12345').rotate(2), D('12345').shift(-2), D('1.5').fma(2, 3), D('7').scaleb(3))

"""decimal: contexts, signals and traps; the functions; hostile sizes; the other numbers; threads and tasks."""
import contextvars
import copy
import pickle
import threading
from decimal import *
from fractions import Fraction


def show(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)


print('--- contexts')
context = Context(prec=6, rounding=ROUND_UP, Emin=-20, Emax=20, capitals=0, clamp=1, flags=[Clamped], traps=[Overflow])
print(context)
print(copy.copy(context).flags == context.flags, context.copy().flags[Clamped], context.Etiny(), context.Etop())
print(pickle.loads(pickle.dumps(context)))
print(context.traps, len(context.traps), sorted(s.__name__ for s in context.traps))
for name, value in [('prec', 0), ('prec', 'x'), ('Emin', 1), ('Emax', -1), ('clamp', 2), ('capitals', 7), ('rounding', 1),
                    ('traps', [1]), ('flags', {})]:
    show(lambda: setattr(context, name, value))
show(lambda: context.traps[int])
show(lambda: context.traps.__delitem__(Inexact))
show(lambda: delattr(context, 'prec'))
show(lambda: Context(traps=[3]))
show(lambda: localcontext(what=1))
show(lambda: localcontext(1))
show(lambda: setcontext(1))
with localcontext(prec=5, traps=[Inexact]) as inner:
    show(lambda: Decimal(1) / 3)
    print(inner.prec, getcontext() is inner, inner.flags[Inexact])
print(getcontext().prec, getcontext() is getcontext(), getcontext() == getcontext().copy())
print(BasicContext, ExtendedContext, DefaultContext, sep='\n')

print('--- signals')
for expression in ['Decimal(1) / 0', 'Decimal(0) / 0', 'Decimal("x")', 'Decimal("1e9999999") * 10', 'Decimal("sNaN") + 1',
                   'Decimal("NaN") < 1', 'Decimal("NaN") == 1', 'Decimal("inf") - Decimal("inf")', 'Decimal(-1).sqrt()',
                   'Decimal(10**30) // 3', 'Decimal(1).quantize(Decimal("1e-40"))', 'hash(Decimal("sNaN"))',
                   'int(Decimal("inf"))', 'float(Decimal("sNaN"))', 'Decimal(1.5) + 1.5', 'Decimal((1, (1, 12), 0))',
                   'Decimal((0, (1, 2), "n"))', 'Decimal(None)', 'Decimal(1).compare("x")', 'Decimal(0) ** 0',
                   'Decimal("Infinity").as_integer_ratio()', 'pow(Decimal(3), 20, 7)', 'Decimal(1).exp(1)']:
    print(expression, end=': ')
    show(lambda: eval(expression))
print(InvalidOperation.__mro__, FloatOperation.__bases__, Underflow.__bases__, DivisionUndefined.__bases__)
with localcontext() as inner:
    inner.traps[FloatOperation] = True
    show(lambda: Decimal(1.5))
    show(lambda: Decimal(1) < 1.5)
    show(lambda: Decimal(1) == 1.5)
    inner.clear_traps()
    inner.clear_flags()
    print(Decimal(1) / 0, Decimal(0) / 0, Decimal('1e999999') * 10, Decimal('1e-1000026') / 10, inner.flags)

print('--- functions')
for prec in 1, 5, 28, 60:
    with localcontext(prec=prec):
        print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(2).log10(), Decimal(1000).log10(),
              Decimal('1.0000001').ln(), Decimal('-0.5').exp(), Decimal(2) ** Decimal('0.5'), Decimal(3) ** -7,
              Decimal('1.01') ** 400, Decimal(7) ** 100)
x = Decimal('-1234.5678')
for name in ['next_plus', 'next_minus', 'normalize', 'to_integral_exact', 'logb', 'number_class', 'to_eng_string', 'copy_abs',
             'adjusted', 'as_tuple', 'is_signed', 'is_normal']:
    print(name, getattr(x, name)())
for name in ['compare', 'compare_total', 'max', 'min_mag', 'remainder_near', 'next_toward', 'copy_sign']:
    print(name, getattr(x, name)(Decimal('7.10')))
print(Decimal(12345).shift(2), Decimal(12345).rotate(-2), Decimal(1101).logical_xor(Decimal(111)), x.scaleb(3), x.fma(2, 3))
print(divmod(x, 7), x // 7, x % 7, round(x, 2), round(x), -x, +x, abs(x), bool(x), x.quantize(Decimal('0.01'), ROUND_UP))

print('--- hostile sizes')
with localcontext(Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)):
    print(Decimal(4) / 2, Decimal(625).sqrt(), Decimal(2) ** 100, Decimal(1) / Decimal('1.25'))
print(Decimal('1e999999999999') > 10**20, Decimal('1e-999999999') == Fraction(1, 10), float(Decimal('1e99999999')))
print(hash(Decimal('1e1000000000')), hash(Decimal('1e-1000000000')))

print('--- the other numbers')
print(hash(Decimal('2.5')) == hash(2.5) == hash(Fraction(5, 2)), Decimal('2.5') == Fraction(5, 2), Decimal(5) == 5 + 0j,
      Decimal('0.1') == 0.1, Decimal('0.1') < 0.1, Fraction(1, 3) > Decimal('0.3'), 2 - Decimal(1), 2 / Decimal(8),
      7 // Decimal(2), 2 ** Decimal(3), {Decimal(1): 'one'}[1], max(Decimal(2), 3, 2.5))
print(Decimal.from_float(0.1), Decimal('0.75').as_integer_ratio(), complex(Decimal('1.5')), Decimal(True))
print(format(x, '+,.2f'), format(x, '015.1f'), format(x, 'e'), format(x, '.3g'), format(x, '%'), format(x, 'n'), f'{x:*^20}')
show(lambda: format(x, '_'))


class Money(Decimal):
    def __new__(cls, value, currency='EUR'):
        self = super().__new__(cls, value)
        self.currency = currency
        return self


money = Money('3.50', 'CHF')
print(money, repr(money), money.currency, type(money + 1), type(copy.copy(money)), pickle.loads(pickle.dumps(x)) == x)

print('--- threads and tasks')
results = []


def work(prec):
    getcontext().prec = prec
    results.append((prec, str(Decimal(1) / 7)))


threads = [threading.Thread(target=work, args=(n,)) for n in range(3, 8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results), getcontext().prec)
contextvars.copy_context().run(lambda: setcontext(Context(prec=3)))
print(getcontext().prec)

"""Sums, products and orders of numbers at the borders between short and long, near and far, exact and rounded, in
contexts that are usual and not: digests of thousands of results with their signals."""
import hashlib
from decimal import (Clamped, Context, Decimal, InvalidOperation, Overflow, ROUND_CEILING, ROUND_FLOOR, Rounded, getcontext,
                     localcontext, setcontext)
from itertools import product

values = [Decimal(text) for text in (
    '0', '-0', '1', '-1', '0.1', '-2.50', '1E+5', '1E-5', '1E+18', '1E-18', '1E+19', '-1E-20', '123456789012345678',
    '99999999999999999999999999', '9.99E+999', '1E-999', '1E+1000', '1E+1001', 'NaN', 'Infinity', '-Infinity', '0E-5',
    '0E+7', '-0E-3', '18446744073709551615', '18446744073709551616', '-18446744073709551615.5', '1E+2000', '1E-2000')]
contexts = [
    Context(), Context(prec=3, rounding=ROUND_FLOOR), Context(prec=28, rounding=ROUND_FLOOR, clamp=1), Context(prec=38),
    Context(prec=50), Context(prec=5, Emax=10, Emin=-10), Context(prec=2000, Emax=2100, Emin=-2100, clamp=1),
    Context(prec=18, rounding=ROUND_CEILING, Emax=9999, Emin=-9999)]
for context in contexts:
    context.traps[InvalidOperation] = context.traps[Overflow] = False
    setcontext(context)
    digest = hashlib.sha256()
    for a, b in product(values, values):
        context.clear_flags()
        results = [str(a + b), str(a - b), str(a * b)]
        results += [a == b, a != b]
        try:
            results += [a < b, a <= b, a > b, a >= b]
        except InvalidOperation as error:
            results.append(type(error).__name__)
        results.append(sorted(signal.__name__ for signal, raised in context.flags.items() if raised))
        digest.update(repr(results).encode())
    print(context.prec, digest.hexdigest()[:16])

setcontext(Context())


class Money(Decimal):
    pass


print(repr(Money('1.10') + Money('2.20')), Decimal('1.10') + 2, 3 * Decimal('0.5'), 1 - Decimal('0.25'))
print(sum(map(Decimal, ('0.1', '0.2', '0.3'))), Decimal('1.30') + Decimal('1.20'), Decimal('5.00') - Decimal('5'))
with localcontext(Context(prec=2)):
    print(Decimal('1.25') + Decimal('1.25'), Decimal('12') * Decimal('12'), getcontext().flags[Rounded])
with localcontext() as context:
    context.traps[Rounded] = True
    try:
        Decimal('1234567890123456789') * Decimal('1234567890123456789')
    except Rounded as error:
        print('Rounded', error)
    print(Decimal('1.5') * Decimal('1.5'), context.flags[Clamped])

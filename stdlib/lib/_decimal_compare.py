"""Decimals compared, by their values and by the total order, for _pydecimal; signs and kinds."""
import numbers

from _decimal_context import FloatOperation, InvalidOperation, getcontext
from _decimal_number import Number, from_int, make, operand


class Comparing(Number):
    """Mix-in of Decimal."""

    __slots__ = ()

    # --- comparing ---

    def _compare(self, other):
        """-1, 0 or 1; neither is a NaN."""
        if self._special or other._special:
            a = (-1 if self._sign else 1) if self._special else 0
            b = (-1 if other._sign else 1) if other._special else 0
            return (a > b) - (a < b)
        if not self._int or not other._int:
            a = 0 if not self._int else -1 if self._sign else 1
            b = 0 if not other._int else -1 if other._sign else 1
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        a, b = self.adjusted(), other.adjusted()
        if a == b:
            low = min(self._exp, other._exp)
            a, b = self._int * 10**(self._exp - low), other._int * 10**(other._exp - low)
        order = (a > b) - (a < b)
        return -order if self._sign else order

    def _comparable(self, other, equality=False):
        if isinstance(other, Number):
            return other
        if isinstance(other, int):
            return from_int(other)
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags[FloatOperation] = True
            else:
                context.signal(FloatOperation)
            return Number.plain.from_float(other)
        if isinstance(other, numbers.Rational):
            return other
        if equality and isinstance(other, numbers.Complex) and other.imag == 0:
            return self._comparable(other.real, True)
        return NotImplemented

    def _rich(self, other, test, equality=False):
        other = self._comparable(other, equality)
        if other is NotImplemented:
            return other
        if not isinstance(other, Number):
            # A fraction: both sides times its denominator.
            if self._special == '':
                left = make(self._sign, self._int * other.denominator, self._exp)
                return test(left._compare(from_int(other.numerator)))
            other = from_int(other.numerator)
        if self._special in ('n', 'N') or other._special in ('n', 'N'):
            if not equality or 'N' in (self._special, other._special):
                getcontext().signal(InvalidOperation)
            return False
        return test(self._compare(other))

    def __eq__(self, other):
        return self._rich(other, lambda order: order == 0, True)

    # A class that says what is equal has no hash unless it says so, too.
    __hash__ = Number.__hash__

    def __lt__(self, other):
        return self._rich(other, lambda order: order < 0)

    def __le__(self, other):
        return self._rich(other, lambda order: order <= 0)

    def __gt__(self, other):
        return self._rich(other, lambda order: order > 0)

    def __ge__(self, other):
        return self._rich(other, lambda order: order >= 0)

    def compare(self, other, context=None):
        """-1, 0, 1 or NaN as a Decimal."""
        context, other = context or getcontext(), operand(other)
        nan = self._nan_result(context, other)
        return nan if nan is not None else from_int(self._compare(other))

    def compare_signal(self, other, context=None):
        context, other = context or getcontext(), operand(other)
        if self.is_nan() or other.is_nan():
            context.signal(InvalidOperation)
            return self._nan_result(context._quiet(), other)
        return from_int(self._compare(other))

    def _total_key(self):
        kind = {'': 0, 'F': 1, 'N': 2, 'n': 3}[self._special]
        return kind

    def compare_total(self, other, context=None):
        """The order of representations: 1.0 is above 1.00."""
        other = operand(other)
        if self._sign != other._sign:
            return from_int(-1 if self._sign else 1)
        a, b = self._total_key(), other._total_key()
        if max(a, b) >= 2 or a != b and (a == 1 or b == 1):
            key_a, key_b = (a, self._int), (b, other._int)
            order = (key_a > key_b) - (key_a < key_b)
        else:
            order = make(0, self._int, self._exp, self._special)._compare(
                make(0, other._int, other._exp, other._special))
            if order == 0:
                order = (self._exp > other._exp) - (self._exp < other._exp)
        return from_int(-order if self._sign else order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(operand(other).copy_abs())

    # --- largest and smallest ---

    def _extreme(self, other, context, larger, magnitude):
        context, other = context or getcontext(), operand(other)
        if self.is_nan() or other.is_nan():
            if self._special == 'n' and other._special not in ('n', 'N'):
                return other._fixed(context)
            if other._special == 'n' and self._special not in ('n', 'N'):
                return self._fixed(context)
            return self._nan_result(context, other)
        order = self.copy_abs()._compare(other.copy_abs()) if magnitude else self._compare(other)
        if order == 0 and magnitude:
            order = self._compare(other)
        if order == 0:
            order = int(self.compare_total(other))
        return (self if (order >= 0) == larger or order == 0 else other)._fixed(context)

    def max(self, other, context=None):
        return self._extreme(other, context, True, False)

    def min(self, other, context=None):
        return self._extreme(other, context, False, False)

    def max_mag(self, other, context=None):
        return self._extreme(other, context, True, True)

    def min_mag(self, other, context=None):
        return self._extreme(other, context, False, True)

    # --- signs and kinds ---

    def copy_abs(self):
        return make(0, self._int, self._exp, self._special)

    def copy_negate(self):
        return make(1 - self._sign, self._int, self._exp, self._special)

    def copy_sign(self, other, context=None):
        return make(operand(other)._sign, self._int, self._exp, self._special)

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def is_finite(self):
        return not self._special

    def is_infinite(self):
        return self._special == 'F'

    def is_nan(self):
        return self._special in ('n', 'N')

    def is_qnan(self):
        return self._special == 'n'

    def is_snan(self):
        return self._special == 'N'

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return not self._special and not self._int

    def is_normal(self, context=None):
        return bool(self) and not self._special and (context or getcontext()).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        return bool(self) and not self._special and self.adjusted() < (context or getcontext()).Emin

    def radix(self):
        return from_int(10)

    def number_class(self, context=None):
        """One of ten words for the kind of number."""
        if self._special == 'N':
            return 'sNaN'
        if self._special == 'n':
            return 'NaN'
        sign = '-' if self._sign else '+'
        if self._special:
            return sign + 'Infinity'
        if not self._int:
            return sign + 'Zero'
        return sign + ('Subnormal' if self.is_subnormal(context) else 'Normal')

"""Sums, products and quotients of decimals, for _pydecimal."""
from _decimal_context import (Clamped, DivisionByZero, DivisionImpossible, DivisionUndefined, InvalidOperation,
                              ROUND_FLOOR, getcontext)
from _decimal_math import digits_of
from _decimal_number import Number, invalid, make, operand, operand_or_not


class Arithmetic(Number):
    """Mix-in of Decimal."""

    __slots__ = ()

    # --- sums and products ---

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        sign = 0 if not self and context.rounding != ROUND_FLOOR else 1 - self._sign
        return make(sign, self._int, self._exp, self._special)._fixed(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        sign = 0 if not self and context.rounding != ROUND_FLOOR else self._sign
        return make(sign, self._int, self._exp, self._special)._fixed(context)

    def __abs__(self, context=None):
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def __add__(self, other, context=None):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if self._special and other._special and self._sign != other._sign:
                return invalid(context)
            return self if self._special else other
        a, b = self, other
        if a._int and b._int:
            # One that is far too small only decides the rounding.
            if a.adjusted() < b.adjusted():
                a, b = b, a
            least = min(a._exp, a.adjusted() - context.prec - 2)
            if b.adjusted() < least - 1:
                b = make(b._sign, 1, least - 1)
        exponent = min(a._exp, b._exp)
        if a._int == 0 and b._int == 0:
            sign = a._sign if a._sign == b._sign else int(context.rounding == ROUND_FLOOR)
            return make(sign, 0, exponent)._fixed(context)
        if not a._int or not b._int:
            one = a if a._int else b
            other = b if one is a else a
            least = max(min(one._exp, other._exp), one.adjusted() - context.prec + 1)
            least = min(least, one._exp)
            return make(one._sign, one._int * 10**(one._exp - least), least)._fixed(context)
        total = ((-a._int if a._sign else a._int) * 10**(a._exp - exponent)
                 + (-b._int if b._sign else b._int) * 10**(b._exp - exponent))
        if not total:
            return make(int(context.rounding == ROUND_FLOOR), 0, exponent)._fixed(context)
        return make(int(total < 0), abs(total), exponent)._fixed(context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        if other.is_nan():
            return self.__add__(other, context)
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if not self or not other:
                return invalid(context)
            return make(sign, 0, 0, 'F')
        return make(sign, self._int * other._int, self._exp + other._exp)._fixed(context)

    __rmul__ = __mul__

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context, other, third = context or getcontext(), operand(other), operand(third)
        if self._special or other._special:
            if self._special == 'N' or other._special == 'N' or self._special == 'n' or other._special == 'n':
                return self._nan_result(context, other)
            if third._special in ('n', 'N'):
                return third._nan_result(context)
            product = self.__mul__(other, context)
        else:
            product = make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product.__add__(third, context)

    # --- quotients ---

    def __truediv__(self, other, context=None):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if self._special and other._special:
                return invalid(context)
            if self._special:
                return make(sign, 0, 0, 'F')
            context.signal(Clamped)
            return make(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                context.signal(DivisionUndefined)
                return make(0, 0, 0, 'n')
            context.signal(DivisionByZero)
            return make(sign, 0, 0, 'F')
        ideal = self._exp - other._exp
        if not self._int:
            return make(sign, 0, ideal)._fixed(context)
        shift = digits_of(other._int) - digits_of(self._int) + context.prec + 1
        exponent = ideal - shift
        if shift >= 0:
            quotient, rest = divmod(self._int * 10**shift, other._int)
        else:
            quotient, rest = divmod(self._int, other._int * 10**-shift)
        if rest:
            # A last digit that keeps the rounding honest.
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return make(sign, quotient, exponent)._fixed(context)

    def __rtruediv__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__truediv__(self, context)

    def _divide(self, other, context):
        """The whole quotient and the rest, of finite numbers; None when the quotient has too many digits."""
        sign = self._sign ^ other._sign
        ideal = min(self._exp, other._exp)
        difference = self.adjusted() - other.adjusted()
        if not self._int or difference <= -2:
            return make(sign, 0, 0), (make(self._sign, self._int, self._exp) if self._int and self._exp <= ideal
                                       else make(self._sign, self._int * 10**(self._exp - ideal), ideal))
        if difference <= context.prec:
            quotient, rest = divmod(self._int * 10**(self._exp - ideal), other._int * 10**(other._exp - ideal))
            if quotient < 10**context.prec:
                return make(sign, quotient, 0), make(self._sign, rest, ideal)
        return None

    def _division(self, other, context, want):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan_result(context, other)
        if nan is not None:
            return (nan, nan) if want == 'both' else nan
        sign = self._sign ^ other._sign
        if self._special:
            if want == 'quotient' and not other._special:
                return make(sign, 0, 0, 'F')
            bad = invalid(context)
            if want == 'both':
                return (bad if other._special else make(sign, 0, 0, 'F')), bad
            return bad
        if not other._special and not other._int:
            if not self._int:
                context.signal(DivisionUndefined)
                bad = make(0, 0, 0, 'n')
                return (bad, bad) if want == 'both' else bad
            if want == 'rest':
                return invalid(context)
            context.signal(*((InvalidOperation, DivisionByZero) if want == 'both' else (DivisionByZero,)))
            infinity = make(sign, 0, 0, 'F')
            return (infinity, make(0, 0, 0, 'n')) if want == 'both' else infinity
        if other._special:
            parts = make(sign, 0, 0), self._fixed(context)
        else:
            parts = self._divide(other, context)
        if parts is None:
            context.signal(DivisionImpossible)
            bad = make(0, 0, 0, 'n')
            return (bad, bad) if want == 'both' else bad
        if want == 'quotient':
            return parts[0]
        rest = parts[1]._fixed(context)
        return rest if want == 'rest' else (parts[0], rest)

    def __floordiv__(self, other, context=None):
        return self._division(other, context, 'quotient')

    def __mod__(self, other, context=None):
        return self._division(other, context, 'rest')

    def __divmod__(self, other, context=None):
        return self._division(other, context, 'both')

    def __rfloordiv__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__floordiv__(self, context)

    def __rmod__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__mod__(self, context)

    def __rdivmod__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__divmod__(self, context)

    def remainder_near(self, other, context=None):
        """self - n * other, n the integer nearest to the quotient."""
        context, other = context or getcontext(), operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if self._special:
            return invalid(context)
        if not other:
            context.signal(DivisionUndefined if not self else InvalidOperation)
            return make(0, 0, 0, 'n')
        if other._special:
            return self._fixed(context)
        parts = self._divide(other, context)
        if parts is None:
            context.signal(DivisionImpossible)
            return make(0, 0, 0, 'n')
        quotient, rest = parts
        low = min(rest._exp, other._exp)
        r, step = rest._int * 10**(rest._exp - low), other._int * 10**(other._exp - low)
        if 2 * r > step or 2 * r == step and quotient._int & 1:
            r -= step
        sign = self._sign if r >= 0 else 1 - self._sign
        return make(sign, abs(r), low)._fixed(context)

"""Decimals by their digits and exponents, for _pydecimal: quantized, shifted, next ones, as bits."""
from _decimal_context import (Clamped, Inexact, Overflow, ROUNDINGS, ROUND_CEILING, ROUND_FLOOR, Rounded, Subnormal,
                              Underflow, getcontext)
from _decimal_digits import cut, text_of
from _decimal_math import digits_of
from _decimal_number import Number, invalid, make, operand


class Places(Number):
    """Mix-in of Decimal."""

    __slots__ = ()

    # --- exponents and digits ---

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._special else self._exp + digits_of(self._int) - 1

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of another."""
        context, exp = context or getcontext(), operand(exp)
        if rounding is None:
            rounding = context.rounding
        elif rounding not in ROUNDINGS:
            raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                            '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        nan = self._nan_result(context, exp)
        if nan is not None:
            return nan
        if self._special or exp._special:
            return make(self._sign, 0, 0, 'F') if self._special and exp._special else invalid(context)
        wanted = exp._exp
        if not context.Etiny() <= wanted <= context.Emax:
            return invalid(context)
        if not self._int:
            return make(self._sign, 0, wanted)._fixed(context)
        if self.adjusted() > context.Emax or self.adjusted() - wanted + 1 > context.prec:
            return invalid(context)
        result, signals = self._rescaled(wanted, rounding)
        if result.adjusted() > context.Emax or result._int and digits_of(result._int) > context.prec:
            return invalid(context)
        if result._int and result.adjusted() < context.Emin:
            signals.append(Subnormal)
        if signals:
            context.signal(*signals)
        return result

    def _rescaled(self, exponent, rounding):
        """The number with that exponent, and the signals."""
        if self._exp >= exponent:
            return make(self._sign, self._int * 10**(self._exp - exponent), exponent), []
        kept, inexact = cut(self._sign, self._int, exponent - self._exp, rounding)
        return make(self._sign, kept, exponent), [Inexact, Rounded] if inexact else [Rounded]

    def same_quantum(self, other, context=None):
        other = operand(other)
        if self._special or other._special:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def to_integral_exact(self, rounding=None, context=None):
        """Rounded to an integer; inexactness is signalled."""
        context = context or getcontext()
        result, signals = self._integral(rounding, context)
        if self._int:
            context.signal(*signals)
        return result

    def to_integral_value(self, rounding=None, context=None):
        return self._integral(rounding, context or getcontext())[0]

    def _integral(self, rounding, context):
        # What it is rounded to an integer, and what there is to signal about it.
        nan = self._nan_result(context)
        if nan is not None:
            return nan, ()
        if self._special or self._exp >= 0:
            return self, ()
        return self._rescaled(0, rounding or context.rounding)

    to_integral = to_integral_value

    def normalize(self, context=None):
        """Without zeros at the end."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        fixed = self._fixed(context)
        if fixed._special:
            return fixed
        if not fixed._int:
            return make(fixed._sign, 0, 0)
        limit = context.Etop() if context.clamp else context.Emax
        coefficient, exponent = fixed._int, fixed._exp
        while coefficient % 10 == 0 and exponent < limit:
            coefficient //= 10
            exponent += 1
        return make(fixed._sign, coefficient, exponent)

    def scaleb(self, other, context=None):
        """The exponent changed by that much."""
        context, other = context or getcontext(), operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        limit = 2 * (context.Emax + context.prec)
        if other._special or other._exp != 0 or other._int > limit:
            return invalid(context)
        if self._special:
            return self
        return make(self._sign, self._int, self._exp + int(other))._fixed(context)

    def shift(self, other, context=None):
        """Digits moved to the left (or right)."""
        return self._moved(other, context, False)

    def rotate(self, other, context=None):
        """Digits moved to the left (or right), coming in again at the other end."""
        return self._moved(other, context, True)

    def _moved(self, other, context, around):
        context, other = context or getcontext(), operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if other._special or other._exp != 0 or other._int > context.prec:
            return invalid(context)
        if self._special:
            return self
        places, whole = int(other), 10**context.prec
        coefficient = self._int % whole
        if around:
            places %= context.prec
            high, low = divmod(coefficient * 10**places, whole)
            coefficient = low + high
        elif places >= 0:
            coefficient = coefficient * 10**places % whole
        else:
            coefficient //= 10**-places
        return make(self._sign, coefficient, self._exp)

    # --- neighbours ---

    def _next(self, context, up):
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            if bool(self._sign) != up:
                return self
            return make(self._sign, 10**context.prec - 1, context.Etop())
        quiet = context._quiet()
        quiet.rounding = ROUND_CEILING if up else ROUND_FLOOR
        rounded = self._fixed(quiet)
        if rounded._compare(self):
            return rounded
        return self.__add__(make(0 if up else 1, 1, context.Etiny() - 1), quiet)

    def next_plus(self, context=None):
        """The next larger number of the context."""
        return self._next(context or getcontext(), True)

    def next_minus(self, context=None):
        """The next smaller number of the context."""
        return self._next(context or getcontext(), False)

    def next_toward(self, other, context=None):
        """The next number in the direction of another."""
        context, other = context or getcontext(), operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        order = self._compare(other)
        if order == 0:
            return self.copy_sign(other)
        result = self._next(context, order < 0)
        if result._special:
            context.signal(Overflow, Inexact, Rounded)
        elif result.adjusted() < context.Emin:
            context.signal(Underflow, Subnormal, Inexact, Rounded)
            if not result:
                context.signal(Clamped)
        return result

    # --- digits as bits ---

    def _logical(self, context):
        if self._sign or self._exp or self._special:
            return None
        digits = text_of(self._int)
        return None if digits.strip('01') else int(digits[-context.prec:], 2)

    def _bitwise(self, other, context, operation):
        context, other = context or getcontext(), operand(other)
        a, b = self._logical(context), other._logical(context)
        if a is None or b is None:
            return invalid(context)
        return make(0, int(bin(operation(a, b))[2:]), 0)

    def logical_and(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        context = context or getcontext()
        return self.logical_xor(make(0, int('1' * context.prec), 0), context)

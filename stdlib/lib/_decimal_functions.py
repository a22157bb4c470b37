"""Powers, roots, exponentials and logarithms of decimals, for _pydecimal."""
import math

from _decimal_context import DivisionByZero, Inexact, ROUND_HALF_EVEN, Rounded, getcontext
from _decimal_digits import text_of
from _decimal_math import approximate_exp, approximate_ln, digits_of, ln10
from _decimal_number import Number, from_int, invalid, make, operand_or_not


class Functions(Number):
    """Mix-in of Decimal."""

    __slots__ = ()

    # --- powers and roots ---

    def sqrt(self, context=None):
        """The square root, correctly rounded."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return invalid(context) if self._sign else self
        if not self._int:
            return make(self._sign, 0, self._exp >> 1)._fixed(context)
        if self._sign:
            return invalid(context)
        ideal = self._exp >> 1
        coefficient = self._int * 10 if self._exp & 1 else self._int
        size = (digits_of(coefficient) + 1) // 2
        shift = context.prec + 1 - size
        if shift >= 0:
            coefficient *= 100**shift
            exact = True
        else:
            coefficient, rest = divmod(coefficient, 100**-shift)
            exact = not rest
        root = math.isqrt(coefficient)
        exact = exact and root * root == coefficient
        exponent = ideal - shift
        if exact:
            if shift >= 0:
                while exponent < ideal and root % 10 == 0:
                    root //= 10
                    exponent += 1
            else:
                root *= 10**-shift
                exponent = ideal
        elif root % 5 == 0:
            root += 1
        quiet = context.copy()
        quiet.rounding = ROUND_HALF_EVEN
        result = make(0, root, exponent)._fixed(quiet)
        context.flags.update(quiet.flags)
        return result

    def _transcendental(self, context, approximate):
        """approximate(places) -> (sign, significand, exponent) with a few good digits more than places, until the rounding is sure."""
        places = context.prec + 4
        while True:
            sign, value, exponent = approximate(places)
            size = digits_of(value)
            spare = 10**max(size - context.prec - 1, 1)
            rest = value % spare
            if 50 < rest < spare - 50 and abs(rest * 2 - spare) > 100 or places > context.prec * 4 + 100:
                break
            places += 12
        quiet = context.copy()
        quiet.rounding = ROUND_HALF_EVEN
        if value % 5 == 0:
            value += 1
        result = make(sign, value, exponent)._fixed(quiet)
        context.flags.update(quiet.flags)
        return result

    def exp(self, context=None):
        """e ** self."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return make(0, 0, 0) if self._sign else self
        if not self._int:
            return make(0, 1, 0)
        size = self.adjusted()
        if size > 20:
            power = context.Emax + 1 if not self._sign else context.Etiny() - 1
            return make(0, 1, power)._fixed(context)
        if size < -context.prec - 2:
            digits = 10**(context.prec + 2)
            return make(0, digits - 1 if self._sign else digits + 1, -context.prec - 2)._fixed(context)
        signed = -self._int if self._sign else self._int
        return self._transcendental(context, lambda places: (0, *approximate_exp(signed, self._exp, places)))

    def _logarithm(self, context, exact, approximate):
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if not self:
            return make(1, 0, 0, 'F')
        if self._sign:
            return invalid(context)
        if self._special:
            return self
        known = exact()
        if known is not None:
            return known._fixed(context)

        def digits(places):
            # As many places as give the digits: near 1 the logarithm is small.
            extra = 0
            while True:
                value = approximate(places + extra)
                if digits_of(abs(value)) >= places:
                    return int(value < 0), abs(value), -(places + extra)
                extra += places - digits_of(abs(value)) + 1
        return self._transcendental(context, digits)

    def ln(self, context=None):
        """The natural logarithm."""
        context = context or getcontext()
        return self._logarithm(context, lambda: make(0, 0, 0) if self._compare(from_int(1)) == 0 else None,
                               lambda places: approximate_ln(self._int, self._exp, places))

    def log10(self, context=None):
        """The logarithm to base 10."""
        context = context or getcontext()

        def exact():
            digits = text_of(self._int)
            if digits.rstrip('0') == '1':
                return from_int(self._exp + len(digits) - 1)
            return None

        def approximate(places):
            work = places + 5 + len(str(abs(self.adjusted())))
            return approximate_ln(self._int, self._exp, work) * 10**places // ln10(work)
        return self._logarithm(context, exact, approximate)

    def logb(self, context=None):
        """The exponent of the first digit."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return make(0, 0, 0, 'F')
        if not self._int:
            context.signal(DivisionByZero)
            return make(1, 0, 0, 'F')
        return from_int(self.adjusted())._fixed(context)

    def __pow__(self, other, modulo=None, context=None):
        other = operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            return self._power_modulo(other, modulo, context)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if not other:
            return invalid(context) if not self else make(0, 1, 0)
        sign = 0
        if self._sign:
            if other._is_whole():
                sign = int(other._is_odd())
            elif self:
                return invalid(context)
        base = self.copy_abs()
        if not base:
            return make(sign, 0, 0) if not other._sign else make(sign, 0, 0, 'F')
        if base._special:
            return make(sign, 0, 0, 'F') if not other._sign else make(sign, 0, 0)
        order = base._compare(from_int(1))
        if order == 0 and (other._special or not other._is_whole()):
            if not other._special:
                context.signal(Inexact, Rounded)
            else:
                context.signal(Inexact, Rounded)
            return make(sign, 10**(context.prec - 1), 1 - context.prec)
        if other._special:
            return make(sign, 0, 0) if (order > 0) == bool(other._sign) else make(sign, 0, 0, 'F')
        if other._is_whole() and not other._sign and other <= 10000:
            whole = int(other)
            if digits_of(base._int) * whole <= 20000:
                return make(sign, base._int**whole, base._exp * whole)._fixed(context)
        exact = base._exact_power(other, context.prec + 1)
        if exact is not None:
            if not other._is_whole():
                # Such powers come with all digits of the precision.
                missing = context.prec - digits_of(exact._int)
                if missing > 0:
                    exact = make(0, exact._int * 10**missing, exact._exp - missing)
                context.signal(Inexact, Rounded)
            return make(sign, exact._int, exact._exp)._fixed(context)
        size = (base.adjusted() or 1) * (10**max(other.adjusted(), 0))
        if other.adjusted() > 0 and abs(size) > 100 * (context.Emax - context.Etiny()):
            grows = (order > 0) != bool(other._sign)
            return make(sign, 1, context.Emax + 1 if grows else context.Etiny() - 1)._fixed(context)

        def approximate(places):
            work = places + max(other.adjusted(), 0) + len(str(abs(base.adjusted()))) + 8
            log = approximate_ln(base._int, base._exp, work)
            product = log * (-other._int if other._sign else other._int)
            return (sign, *approximate_exp(product, other._exp - work, places))
        return self._transcendental(context, approximate)

    def __rpow__(self, other, context=None):
        other = operand_or_not(other)
        return other if other is NotImplemented else other.__pow__(self, context=context)

    def _exact_power(self, other, digits):
        """The power when it is exact and short; else None. Both are positive or `other` negative, and finite."""
        n, exponent = self._int, self._exp
        while n % 10 == 0:
            n //= 10
            exponent += 1
        y, ye = other._int, other._exp
        while y % 10 == 0:
            y //= 10
            ye += 1
        if ye < 0:
            # Only square roots and the like of perfect powers are exact.
            top, bottom = y, 10**-ye
            common = math.gcd(top, bottom)
            top, bottom = top // common, bottom // common
            if bottom > 64 or exponent % bottom:
                if bottom > 64:
                    return None
                shift = exponent % bottom
                n *= 10**shift
                exponent -= shift
            root = round(n**(1 / bottom)) if n < 10**300 else None
            if root is None or root**bottom != n:
                return None
            n, exponent, whole = root, exponent // bottom, top
        else:
            if ye > 6:
                return None
            whole = y * 10**ye
        if n == 1:
            return make(0, 1, exponent * whole * (-1 if other._sign else 1))
        if digits_of(n) * whole > digits * 4 + 100 or whole > 100000:
            return None
        power = n**whole
        exponent *= whole
        if not other._sign:
            return make(0, power, exponent) if digits_of(power) <= digits else None
        # 1/power is exact when power has no primes but 2 and 5.
        twos = fives = 0
        rest = power
        while rest % 2 == 0:
            rest //= 2
            twos += 1
        while rest % 5 == 0:
            rest //= 5
            fives += 1
        if rest != 1:
            return None
        places = max(twos, fives)
        value = 10**places // power
        return make(0, value, -exponent - places) if digits_of(value) <= digits else None

    def _power_modulo(self, other, modulo, context):
        modulo = operand_or_not(modulo)
        if modulo is NotImplemented:
            return modulo
        for one in (self, other, modulo):
            nan = one._nan_result(context)
            if nan is not None:
                return nan
        if not (self._is_whole() and other._is_whole() and modulo._is_whole()) or other < 0 or not modulo:
            return invalid(context)
        if modulo.adjusted() >= context.prec or not other and not self:
            return invalid(context)
        result = pow(abs(int(self)), int(other), abs(int(modulo)))
        return make(self._sign if other._is_odd() else 0, result, 0)

    def _is_whole(self):
        if self._special:
            return False
        return self._exp >= 0 or self._int % 10**min(-self._exp, digits_of(self._int) + 1) == 0

    def _is_odd(self):
        if self._special or self._exp > 0:
            return False
        return bool(self._int // 10**-self._exp & 1)

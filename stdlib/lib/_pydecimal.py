"""Decimal floating-point arithmetic as in the General Decimal Arithmetic Specification (IEEE 854)."""
import math as _math
import numbers as _numbers
import sys as _sys
from collections import namedtuple as _namedtuple

from _decimal_context import *
from _decimal_context import (Clamped, Context, ConversionSyntax, DivisionImpossible, DivisionUndefined, SIGNALS,
                              getcontext, localcontext, setcontext)
from _decimal_math import approximate_exp as _approximate_exp
from _decimal_math import approximate_ln as _approximate_ln
from _decimal_math import digits_of as _digits_of
from _decimal_math import ln10 as _ln10

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException',
           'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow',
           'FloatOperation', 'DivisionImpossible', 'InvalidContext', 'ConversionSyntax', 'DivisionUndefined',
           'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP',
           'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX',
           'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS', 'HAVE_CONTEXTVAR']
__version__ = '1.70'
__libmpdec_version__ = '2.5.1'

DecimalTuple = _namedtuple('DecimalTuple', 'sign digits exponent')
DecimalTuple.__module__ = 'decimal'

_MODULUS = _sys.hash_info.modulus
_TEN_INVERSE = pow(10, -1, _MODULUS)


def _cut(sign, coefficient, places, rounding):
    """The coefficient without its last `places` digits, rounded; and whether anything but zeros went."""
    if places > _digits_of(coefficient) + 1:
        kept, rest, order = 0, coefficient, -1
    else:
        unit = 10**places
        kept, rest = divmod(coefficient, unit)
        order = (rest * 2 > unit) - (rest * 2 < unit)
    if not rest:
        return kept, False
    if rounding == ROUND_HALF_EVEN:
        up = order > 0 or order == 0 and kept & 1
    elif rounding == ROUND_HALF_UP:
        up = order >= 0
    elif rounding == ROUND_DOWN:
        up = False
    elif rounding == ROUND_UP:
        up = True
    elif rounding == ROUND_CEILING:
        up = not sign
    elif rounding == ROUND_FLOOR:
        up = bool(sign)
    elif rounding == ROUND_HALF_DOWN:
        up = order > 0
    else:
        up = kept % 5 == 0
    return kept + up, True


def _make(sign, coefficient, exponent, special=''):
    self = object.__new__(Decimal)
    self._sign = sign
    self._int = coefficient
    self._exp = exponent
    self._special = special  # '', 'F' (infinity), 'n' (quiet NaN) or 'N' (signaling NaN)
    return self


_pattern = None


def _match(text):
    global _pattern
    if _pattern is None:
        import re
        _pattern = re.compile(r'([-+])?(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:E([-+]?\d+))?|Inf(?:inity)?|(s)?NaN(\d*))',
                              re.IGNORECASE)
    return _pattern.fullmatch(text)


class Decimal:
    """Decimal('1.10'): a number of decimal digits and an exponent; or an infinity or NaN."""

    __slots__ = ('_sign', '_int', '_exp', '_special')

    def __new__(cls, value='0', context=None):
        if context is not None and not isinstance(context, Context):
            raise TypeError('optional argument must be a context')
        made = Decimal._read(value, context)
        if cls is Decimal:
            return made
        self = object.__new__(cls)
        self._sign, self._int, self._exp, self._special = made._sign, made._int, made._exp, made._special
        return self

    # --- making ---

    @staticmethod
    def _read(value, context=None, exact=True):
        if type(value) is int:
            return _make(1 if value < 0 else 0, abs(value), 0)
        if isinstance(value, str):
            return Decimal._from_text(value, context)
        if isinstance(value, Decimal):
            return _make(value._sign, value._int, value._exp, value._special)
        if isinstance(value, int):
            return _make(1 if value < 0 else 0, abs(int(value)), 0)
        if isinstance(value, float):
            (context or getcontext()).signal(FloatOperation)
            return Decimal.from_float(value)
        if isinstance(value, (tuple, list)):
            return Decimal._from_tuple(value)
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')

    @staticmethod
    def _from_text(text, context):
        match = _match(text.strip().replace('_', ''))
        if match is None:
            (context or getcontext()).signal(ConversionSyntax)
            return _make(0, 0, 0, 'n')
        sign, whole, fraction, exponent, signaling, payload = match.groups()
        sign = 1 if sign == '-' else 0
        if whole is not None:
            fraction = fraction or ''
            return _make(sign, _to_int(whole + fraction), int(exponent or '0') - len(fraction))
        if payload is None:
            return _make(sign, 0, 0, 'F')
        return _make(sign, int(payload or '0'), 0, 'N' if signaling else 'n')

    @staticmethod
    def _from_tuple(value):
        if len(value) != 3:
            raise ValueError('argument must be a sequence of length 3')
        sign, digits, exponent = value
        if not isinstance(sign, int) or sign not in (0, 1):
            raise ValueError('sign must be an integer with the value 0 or 1')
        if exponent == 'F':
            return _make(sign, 0, 0, 'F')
        coefficient = 0
        for digit in digits:
            if not isinstance(digit, int) or not 0 <= digit <= 9:
                raise ValueError('coefficient must be a tuple of digits')
            coefficient = coefficient * 10 + digit
        if exponent in ('n', 'N'):
            return _make(sign, coefficient, 0, exponent)
        if not isinstance(exponent, int):
            raise ValueError('string argument in the third position must be \'F\', \'n\' or \'N\'')
        return _make(sign, coefficient, exponent)

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, int):
            made = _make(1 if f < 0 else 0, abs(f), 0)
        elif isinstance(f, float):
            sign = 1 if _math.copysign(1.0, f) < 0 else 0
            if _math.isinf(f):
                made = _make(sign, 0, 0, 'F')
            elif _math.isnan(f):
                made = _make(sign, 0, 0, 'n')
            else:
                n, d = abs(f).as_integer_ratio()
                k = d.bit_length() - 1
                made = _make(sign, n * 5**k, -k)
        else:
            raise TypeError('argument must be int or float')
        return made if cls is Decimal else cls(made)

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else self.__class__(str(self))

    def __deepcopy__(self, memo):
        return self.__copy__()

    # --- text ---

    def as_tuple(self):
        """(sign, digits, exponent)."""
        if self._special == 'F':
            return DecimalTuple(self._sign, (0,), 'F')
        if self._special:
            return DecimalTuple(self._sign, tuple(map(int, _digits(self._int))) if self._int else (), self._special)
        return DecimalTuple(self._sign, tuple(map(int, _digits(self._int))), self._exp)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self, eng=False, context=None):
        sign = '-' if self._sign else ''
        if self._special == 'F':
            return sign + 'Infinity'
        if self._special:
            return sign + ('sNaN' if self._special == 'N' else 'NaN') + (_digits(self._int) if self._int else '')
        digits, exponent = _digits(self._int), self._exp
        left = exponent + len(digits)
        if exponent <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif not self._int:
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            whole, fraction = '0', '.' + '0' * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + '0' * (point - len(digits)), ''
        else:
            whole, fraction = digits[:point], '.' + digits[point:]
        if left == point:
            return sign + whole + fraction
        letter = 'E' if (context or getcontext()).capitals else 'e'
        return f'{sign}{whole}{fraction}{letter}{left - point:+d}'

    def to_eng_string(self, context=None):
        """As text with an exponent that is a multiple of three."""
        return self.__str__(True, context)

    def __format__(self, specifier, context=None):
        from _decimal_format import format_decimal
        return format_decimal(self, specifier, context or getcontext())

    # --- conversions ---

    def __bool__(self):
        return bool(self._special) or self._int != 0

    def __int__(self):
        if self._special == 'F':
            raise OverflowError('cannot convert Infinity to integer')
        if self._special:
            raise ValueError('cannot convert NaN to integer')
        value = self._int * 10**self._exp if self._exp >= 0 else self._int // 10**-self._exp
        return -value if self._sign else value

    __trunc__ = __int__

    def __float__(self):
        if self._special == 'N':
            raise ValueError('cannot convert signaling NaN to float')
        if self._special == 'n':
            return float('-nan' if self._sign else 'nan')
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError('optional arg must be an integer')
            return self.quantize(_make(0, 1, -n))
        return self._whole(ROUND_HALF_EVEN)

    def _whole(self, rounding):
        if self._special == 'F':
            raise OverflowError('cannot round an infinity' if rounding == ROUND_HALF_EVEN
                                else 'cannot convert Infinity to integer')
        if self._special:
            raise ValueError('cannot round a NaN' if rounding == ROUND_HALF_EVEN else 'cannot convert NaN to integer')
        if self._exp >= 0:
            value = self._int * 10**self._exp
        else:
            value, _ = _cut(self._sign, self._int, -self._exp, rounding)
        return -value if self._sign else value

    def as_integer_ratio(self):
        """(numerator, denominator) in lowest terms."""
        if self._special == 'F':
            raise OverflowError('cannot convert Infinity to integer ratio')
        if self._special:
            raise ValueError('cannot convert NaN to integer ratio')
        n, d = (self._int * 10**self._exp, 1) if self._exp >= 0 else (self._int, 10**-self._exp)
        common = _math.gcd(n, d) or 1
        return (-n if self._sign else n) // common, d // common

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return _make(0, 0, 0)

    def conjugate(self):
        return self

    def __hash__(self):
        if self._special == 'N':
            raise TypeError('Cannot hash a signaling NaN value')
        if self._special == 'n':
            return object.__hash__(self)
        if self._special:
            return -_sys.hash_info.inf if self._sign else _sys.hash_info.inf
        power = pow(10, self._exp, _MODULUS) if self._exp >= 0 else pow(_TEN_INVERSE, -self._exp, _MODULUS)
        value = self._int * power % _MODULUS
        value = -value if self._sign else value
        return -2 if value == -1 else value

    # --- rounding to a context ---

    def _fixed(self, context):
        """The number as the context allows it: digits, exponents, flags."""
        if self._special:
            return self._fixed_nan(context) if self._special != 'F' else self
        sign, coefficient, exponent = self._sign, self._int, self._exp
        tiny, top = context.Emin - context.prec + 1, context.Emax - context.prec + 1
        if not coefficient:
            limit = top if context.clamp else context.Emax
            wanted = min(max(exponent, tiny), limit)
            if wanted != exponent:
                context.signal(Clamped)
                return _make(sign, 0, wanted)
            return self
        size = _digits_of(coefficient)
        least = size + exponent - context.prec
        if least > top:
            return self._overflow(context)
        subnormal = least < tiny
        if subnormal:
            least = tiny
        if exponent < least:
            kept, inexact = _cut(sign, coefficient, least - exponent, context.rounding)
            if _digits_of(kept) > context.prec:
                kept //= 10
                least += 1
            if least > top:
                return self._overflow(context)
            signals = []
            if inexact and subnormal:
                signals.append(Underflow)
            if subnormal:
                signals.append(Subnormal)
            if inexact:
                signals.append(Inexact)
            signals.append(Rounded)
            if not kept:
                signals.append(Clamped)
            context.signal(*signals)
            return _make(sign, kept, least)
        if subnormal:
            context.signal(Subnormal)
        if context.clamp and exponent > top:
            context.signal(Clamped)
            return _make(sign, coefficient * 10**(exponent - top), top)
        return self

    def _overflow(self, context):
        context.signal(Overflow, Inexact, Rounded)
        rounding = context.rounding
        to_infinity = (rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP)
                       or rounding == ROUND_CEILING and not self._sign or rounding == ROUND_FLOOR and self._sign)
        if to_infinity:
            return _make(self._sign, 0, 0, 'F')
        return _make(self._sign, 10**context.prec - 1, context.Emax - context.prec + 1)

    def _fixed_nan(self, context):
        limit = context.prec - context.clamp
        if self._int and _digits_of(self._int) > limit:
            return _make(self._sign, self._int % 10**limit, 0, self._special)
        return self

    def _nan_result(self, context, other=None):
        """What an operation gives when an operand is a NaN; None when none is."""
        for one in (self, other):
            if one is not None and one._special == 'N':
                context.signal(InvalidOperation)
                return _make(one._sign, one._int, 0, 'n')._fixed_nan(context)
        for one in (self, other):
            if one is not None and one._special == 'n':
                return one._fixed_nan(context)
        return None

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
        if isinstance(other, Decimal):
            return other
        if isinstance(other, int):
            return _make(1 if other < 0 else 0, abs(int(other)), 0)
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags[FloatOperation] = True
            else:
                context.signal(FloatOperation)
            return Decimal.from_float(other)
        if isinstance(other, _numbers.Rational):
            return other
        if equality and isinstance(other, _numbers.Complex) and other.imag == 0:
            return self._comparable(other.real, True)
        return NotImplemented

    def _rich(self, other, test, equality=False):
        other = self._comparable(other, equality)
        if other is NotImplemented:
            return other
        if not isinstance(other, Decimal):
            # A fraction: both sides times its denominator.
            if self._special == '':
                left = _make(self._sign, self._int * other.denominator, self._exp)
                return test(left._compare(Decimal(other.numerator)))
            other = Decimal(other.numerator)
        if self._special in ('n', 'N') or other._special in ('n', 'N'):
            if not equality or 'N' in (self._special, other._special):
                getcontext().signal(InvalidOperation)
            return False
        return test(self._compare(other))

    def __eq__(self, other):
        return self._rich(other, lambda order: order == 0, True)

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
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_result(context, other)
        return nan if nan is not None else Decimal(self._compare(other))

    def compare_signal(self, other, context=None):
        context, other = context or getcontext(), _operand(other)
        if self.is_nan() or other.is_nan():
            context.signal(InvalidOperation)
            return self._nan_result(context._quiet(), other)
        return Decimal(self._compare(other))

    def _total_key(self):
        kind = {'': 0, 'F': 1, 'N': 2, 'n': 3}[self._special]
        return kind

    def compare_total(self, other, context=None):
        """The order of representations: 1.0 is above 1.00."""
        other = _operand(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        a, b = self._total_key(), other._total_key()
        if max(a, b) >= 2 or a != b and (a == 1 or b == 1):
            key_a, key_b = (a, self._int), (b, other._int)
            order = (key_a > key_b) - (key_a < key_b)
        else:
            order = _make(0, self._int, self._exp, self._special)._compare(
                _make(0, other._int, other._exp, other._special))
            if order == 0:
                order = (self._exp > other._exp) - (self._exp < other._exp)
        return Decimal(-order if self._sign else order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_operand(other).copy_abs())

    # --- sums and products ---

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        sign = 0 if not self and context.rounding != ROUND_FLOOR else 1 - self._sign
        return _make(sign, self._int, self._exp, self._special)._fixed(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        sign = 0 if not self and context.rounding != ROUND_FLOOR else self._sign
        return _make(sign, self._int, self._exp, self._special)._fixed(context)

    def __abs__(self, context=None):
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def __add__(self, other, context=None):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if self._special and other._special and self._sign != other._sign:
                return _invalid(context)
            return self if self._special else other
        a, b = self, other
        if a._int and b._int:
            # One that is far too small only decides the rounding.
            if a.adjusted() < b.adjusted():
                a, b = b, a
            least = min(a._exp, a.adjusted() - context.prec - 2)
            if b.adjusted() < least - 1:
                b = _make(b._sign, 1, least - 1)
        exponent = min(a._exp, b._exp)
        if a._int == 0 and b._int == 0:
            sign = a._sign if a._sign == b._sign else int(context.rounding == ROUND_FLOOR)
            return _make(sign, 0, exponent)._fixed(context)
        if not a._int or not b._int:
            one = a if a._int else b
            other = b if one is a else a
            least = max(min(one._exp, other._exp), one.adjusted() - context.prec + 1)
            least = min(least, one._exp)
            return _make(one._sign, one._int * 10**(one._exp - least), least)._fixed(context)
        total = ((-a._int if a._sign else a._int) * 10**(a._exp - exponent)
                 + (-b._int if b._sign else b._int) * 10**(b._exp - exponent))
        if not total:
            return _make(int(context.rounding == ROUND_FLOOR), 0, exponent)._fixed(context)
        return _make(int(total < 0), abs(total), exponent)._fixed(context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        if other.is_nan():
            return self.__add__(other, context)
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other, context=None):
        other = _operand_or_not(other)
        return other if other is NotImplemented else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if not self or not other:
                return _invalid(context)
            return _make(sign, 0, 0, 'F')
        return _make(sign, self._int * other._int, self._exp + other._exp)._fixed(context)

    __rmul__ = __mul__

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context, other, third = context or getcontext(), _operand(other), _operand(third)
        if self._special or other._special:
            if self._special == 'N' or other._special == 'N' or self._special == 'n' or other._special == 'n':
                return self._nan_result(context, other)
            if third._special in ('n', 'N'):
                return third._nan_result(context)
            product = self.__mul__(other, context)
        else:
            product = _make(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product.__add__(third, context)

    # --- quotients ---

    def __truediv__(self, other, context=None):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if self._special or other._special:
            nan = self._nan_result(context, other)
            if nan is not None:
                return nan
            if self._special and other._special:
                return _invalid(context)
            if self._special:
                return _make(sign, 0, 0, 'F')
            context.signal(Clamped)
            return _make(sign, 0, context.Etiny())
        if not other._int:
            if not self._int:
                context.signal(DivisionUndefined)
                return _make(0, 0, 0, 'n')
            context.signal(DivisionByZero)
            return _make(sign, 0, 0, 'F')
        ideal = self._exp - other._exp
        if not self._int:
            return _make(sign, 0, ideal)._fixed(context)
        shift = _digits_of(other._int) - _digits_of(self._int) + context.prec + 1
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
        return _make(sign, quotient, exponent)._fixed(context)

    def __rtruediv__(self, other, context=None):
        other = _operand_or_not(other)
        return other if other is NotImplemented else other.__truediv__(self, context)

    def _divide(self, other, context):
        """The whole quotient and the rest, of finite numbers; None when the quotient has too many digits."""
        sign = self._sign ^ other._sign
        ideal = min(self._exp, other._exp)
        difference = self.adjusted() - other.adjusted()
        if not self._int or difference <= -2:
            return _make(sign, 0, 0), (_make(self._sign, self._int, self._exp) if self._int and self._exp <= ideal
                                       else _make(self._sign, self._int * 10**(self._exp - ideal), ideal))
        if difference <= context.prec:
            quotient, rest = divmod(self._int * 10**(self._exp - ideal), other._int * 10**(other._exp - ideal))
            if quotient < 10**context.prec:
                return _make(sign, quotient, 0), _make(self._sign, rest, ideal)
        return None

    def _division(self, other, context, want):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan_result(context, other)
        if nan is not None:
            return (nan, nan) if want == 'both' else nan
        sign = self._sign ^ other._sign
        if self._special:
            if want == 'quotient' and not other._special:
                return _make(sign, 0, 0, 'F')
            bad = _invalid(context)
            if want == 'both':
                return (bad if other._special else _make(sign, 0, 0, 'F')), bad
            return bad
        if not other._special and not other._int:
            if not self._int:
                context.signal(DivisionUndefined)
                bad = _make(0, 0, 0, 'n')
                return (bad, bad) if want == 'both' else bad
            if want == 'rest':
                return _invalid(context)
            context.signal(*((InvalidOperation, DivisionByZero) if want == 'both' else (DivisionByZero,)))
            infinity = _make(sign, 0, 0, 'F')
            return (infinity, _make(0, 0, 0, 'n')) if want == 'both' else infinity
        if other._special:
            parts = _make(sign, 0, 0), self._fixed(context)
        else:
            parts = self._divide(other, context)
        if parts is None:
            context.signal(DivisionImpossible)
            bad = _make(0, 0, 0, 'n')
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
        other = _operand_or_not(other)
        return other if other is NotImplemented else other.__floordiv__(self, context)

    def __rmod__(self, other, context=None):
        other = _operand_or_not(other)
        return other if other is NotImplemented else other.__mod__(self, context)

    def __rdivmod__(self, other, context=None):
        other = _operand_or_not(other)
        return other if other is NotImplemented else other.__divmod__(self, context)

    def remainder_near(self, other, context=None):
        """self - n * other, n the integer nearest to the quotient."""
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if self._special:
            return _invalid(context)
        if not other:
            context.signal(DivisionUndefined if not self else InvalidOperation)
            return _make(0, 0, 0, 'n')
        if other._special:
            return self._fixed(context)
        parts = self._divide(other, context)
        if parts is None:
            context.signal(DivisionImpossible)
            return _make(0, 0, 0, 'n')
        quotient, rest = parts
        low = min(rest._exp, other._exp)
        r, step = rest._int * 10**(rest._exp - low), other._int * 10**(other._exp - low)
        if 2 * r > step or 2 * r == step and quotient._int & 1:
            r -= step
        sign = self._sign if r >= 0 else 1 - self._sign
        return _make(sign, abs(r), low)._fixed(context)

    # --- powers and roots ---

    def sqrt(self, context=None):
        """The square root, correctly rounded."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return _invalid(context) if self._sign else self
        if not self._int:
            return _make(self._sign, 0, self._exp >> 1)._fixed(context)
        if self._sign:
            return _invalid(context)
        ideal = self._exp >> 1
        coefficient = self._int * 10 if self._exp & 1 else self._int
        size = (_digits_of(coefficient) + 1) // 2
        shift = context.prec + 1 - size
        if shift >= 0:
            coefficient *= 100**shift
            exact = True
        else:
            coefficient, rest = divmod(coefficient, 100**-shift)
            exact = not rest
        root = _math.isqrt(coefficient)
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
        result = _make(0, root, exponent)._fixed(quiet)
        context.flags.update(quiet.flags)
        return result

    def _transcendental(self, context, approximate):
        """approximate(places) -> (sign, significand, exponent) with a few good digits more than places, until the rounding is sure."""
        places = context.prec + 4
        while True:
            sign, value, exponent = approximate(places)
            size = _digits_of(value)
            spare = 10**max(size - context.prec - 1, 1)
            rest = value % spare
            if 50 < rest < spare - 50 and abs(rest * 2 - spare) > 100 or places > context.prec * 4 + 100:
                break
            places += 12
        quiet = context.copy()
        quiet.rounding = ROUND_HALF_EVEN
        if value % 5 == 0:
            value += 1
        result = _make(sign, value, exponent)._fixed(quiet)
        context.flags.update(quiet.flags)
        return result

    def exp(self, context=None):
        """e ** self."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return _make(0, 0, 0) if self._sign else self
        if not self._int:
            return _make(0, 1, 0)
        size = self.adjusted()
        if size > 20:
            power = context.Emax + 1 if not self._sign else context.Etiny() - 1
            return _make(0, 1, power)._fixed(context)
        if size < -context.prec - 2:
            digits = 10**(context.prec + 2)
            return _make(0, digits - 1 if self._sign else digits + 1, -context.prec - 2)._fixed(context)
        signed = -self._int if self._sign else self._int
        return self._transcendental(context, lambda places: (0, *_approximate_exp(signed, self._exp, places)))

    def _logarithm(self, context, exact, approximate):
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if not self:
            return _make(1, 0, 0, 'F')
        if self._sign:
            return _invalid(context)
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
                if _digits_of(abs(value)) >= places:
                    return int(value < 0), abs(value), -(places + extra)
                extra += places - _digits_of(abs(value)) + 1
        return self._transcendental(context, digits)

    def ln(self, context=None):
        """The natural logarithm."""
        context = context or getcontext()
        return self._logarithm(context, lambda: _make(0, 0, 0) if self._compare(_ONE) == 0 else None,
                               lambda places: _approximate_ln(self._int, self._exp, places))

    def log10(self, context=None):
        """The logarithm to base 10."""
        context = context or getcontext()

        def exact():
            digits = _digits(self._int)
            if digits.rstrip('0') == '1':
                return Decimal(self._exp + len(digits) - 1)
            return None

        def approximate(places):
            work = places + 5 + len(str(abs(self.adjusted())))
            return _approximate_ln(self._int, self._exp, work) * 10**places // _ln10(work)
        return self._logarithm(context, exact, approximate)

    def logb(self, context=None):
        """The exponent of the first digit."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            return _make(0, 0, 0, 'F')
        if not self._int:
            context.signal(DivisionByZero)
            return _make(1, 0, 0, 'F')
        return Decimal(self.adjusted())._fixed(context)

    def __pow__(self, other, modulo=None, context=None):
        other = _operand_or_not(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            return self._power_modulo(other, modulo, context)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if not other:
            return _invalid(context) if not self else _make(0, 1, 0)
        sign = 0
        if self._sign:
            if other._is_whole():
                sign = int(other._is_odd())
            elif self:
                return _invalid(context)
        base = self.copy_abs()
        if not base:
            return _make(sign, 0, 0) if not other._sign else _make(sign, 0, 0, 'F')
        if base._special:
            return _make(sign, 0, 0, 'F') if not other._sign else _make(sign, 0, 0)
        order = base._compare(_ONE)
        if order == 0 and (other._special or not other._is_whole()):
            if not other._special:
                context.signal(Inexact, Rounded)
            else:
                context.signal(Inexact, Rounded)
            return _make(sign, 10**(context.prec - 1), 1 - context.prec)
        if other._special:
            return _make(sign, 0, 0) if (order > 0) == bool(other._sign) else _make(sign, 0, 0, 'F')
        if other._is_whole() and not other._sign and other <= 10000:
            whole = int(other)
            if _digits_of(base._int) * whole <= 20000:
                return _make(sign, base._int**whole, base._exp * whole)._fixed(context)
        exact = base._exact_power(other, context.prec + 1)
        if exact is not None:
            if not other._is_whole():
                # Such powers come with all digits of the precision.
                missing = context.prec - _digits_of(exact._int)
                if missing > 0:
                    exact = _make(0, exact._int * 10**missing, exact._exp - missing)
                context.signal(Inexact, Rounded)
            return _make(sign, exact._int, exact._exp)._fixed(context)
        size = (base.adjusted() or 1) * (10**max(other.adjusted(), 0))
        if other.adjusted() > 0 and abs(size) > 100 * (context.Emax - context.Etiny()):
            grows = (order > 0) != bool(other._sign)
            return _make(sign, 1, context.Emax + 1 if grows else context.Etiny() - 1)._fixed(context)

        def approximate(places):
            work = places + max(other.adjusted(), 0) + len(str(abs(base.adjusted()))) + 8
            log = _approximate_ln(base._int, base._exp, work)
            product = log * (-other._int if other._sign else other._int)
            return (sign, *_approximate_exp(product, other._exp - work, places))
        return self._transcendental(context, approximate)

    def __rpow__(self, other, context=None):
        other = _operand_or_not(other)
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
            common = _math.gcd(top, bottom)
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
            return _make(0, 1, exponent * whole * (-1 if other._sign else 1))
        if _digits_of(n) * whole > digits * 4 + 100 or whole > 100000:
            return None
        power = n**whole
        exponent *= whole
        if not other._sign:
            return _make(0, power, exponent) if _digits_of(power) <= digits else None
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
        return _make(0, value, -exponent - places) if _digits_of(value) <= digits else None

    def _power_modulo(self, other, modulo, context):
        modulo = _operand_or_not(modulo)
        if modulo is NotImplemented:
            return modulo
        for one in (self, other, modulo):
            nan = one._nan_result(context)
            if nan is not None:
                return nan
        if not (self._is_whole() and other._is_whole() and modulo._is_whole()) or other < 0 or not modulo:
            return _invalid(context)
        if modulo.adjusted() >= context.prec or not other and not self:
            return _invalid(context)
        result = pow(abs(int(self)), int(other), abs(int(modulo)))
        return _make(self._sign if other._is_odd() else 0, result, 0)

    def _is_whole(self):
        if self._special:
            return False
        return self._exp >= 0 or self._int % 10**min(-self._exp, _digits_of(self._int) + 1) == 0

    def _is_odd(self):
        if self._special or self._exp > 0:
            return False
        return bool(self._int // 10**-self._exp & 1)

    # --- exponents and digits ---

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._special else self._exp + _digits_of(self._int) - 1

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of another."""
        context, exp = context or getcontext(), _operand(exp)
        if rounding is None:
            rounding = context.rounding
        elif rounding not in ROUNDINGS:
            raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                            '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        nan = self._nan_result(context, exp)
        if nan is not None:
            return nan
        if self._special or exp._special:
            return _make(self._sign, 0, 0, 'F') if self._special and exp._special else _invalid(context)
        wanted = exp._exp
        if not context.Etiny() <= wanted <= context.Emax:
            return _invalid(context)
        if not self._int:
            return _make(self._sign, 0, wanted)._fixed(context)
        if self.adjusted() > context.Emax or self.adjusted() - wanted + 1 > context.prec:
            return _invalid(context)
        result, signals = self._rescaled(wanted, rounding)
        if result.adjusted() > context.Emax or result._int and _digits_of(result._int) > context.prec:
            return _invalid(context)
        if result._int and result.adjusted() < context.Emin:
            signals.append(Subnormal)
        if signals:
            context.signal(*signals)
        return result

    def _rescaled(self, exponent, rounding):
        """The number with that exponent, and the signals."""
        if self._exp >= exponent:
            return _make(self._sign, self._int * 10**(self._exp - exponent), exponent), []
        kept, inexact = _cut(self._sign, self._int, exponent - self._exp, rounding)
        return _make(self._sign, kept, exponent), [Inexact, Rounded] if inexact else [Rounded]

    def same_quantum(self, other, context=None):
        other = _operand(other)
        if self._special or other._special:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def to_integral_exact(self, rounding=None, context=None):
        """Rounded to an integer; inexactness is signalled."""
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special or self._exp >= 0:
            return self
        result, signals = self._rescaled(0, rounding or context.rounding)
        if self._int:
            context.signal(*signals)
        return result

    def to_integral_value(self, rounding=None, context=None):
        context = context or getcontext()
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special or self._exp >= 0:
            return self
        return self._rescaled(0, rounding or context.rounding)[0]

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
            return _make(fixed._sign, 0, 0)
        limit = context.Etop() if context.clamp else context.Emax
        coefficient, exponent = fixed._int, fixed._exp
        while coefficient % 10 == 0 and exponent < limit:
            coefficient //= 10
            exponent += 1
        return _make(fixed._sign, coefficient, exponent)

    def scaleb(self, other, context=None):
        """The exponent changed by that much."""
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        limit = 2 * (context.Emax + context.prec)
        if other._special or other._exp != 0 or other._int > limit:
            return _invalid(context)
        if self._special:
            return self
        return _make(self._sign, self._int, self._exp + int(other))._fixed(context)

    def shift(self, other, context=None):
        """Digits moved to the left (or right)."""
        return self._moved(other, context, False)

    def rotate(self, other, context=None):
        """Digits moved to the left (or right), coming in again at the other end."""
        return self._moved(other, context, True)

    def _moved(self, other, context, around):
        context, other = context or getcontext(), _operand(other)
        nan = self._nan_result(context, other)
        if nan is not None:
            return nan
        if other._special or other._exp != 0 or other._int > context.prec:
            return _invalid(context)
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
        return _make(self._sign, coefficient, self._exp)

    # --- neighbours ---

    def _next(self, context, up):
        nan = self._nan_result(context)
        if nan is not None:
            return nan
        if self._special:
            if bool(self._sign) != up:
                return self
            return _make(self._sign, 10**context.prec - 1, context.Etop())
        quiet = context._quiet()
        quiet.rounding = ROUND_CEILING if up else ROUND_FLOOR
        rounded = self._fixed(quiet)
        if rounded._compare(self):
            return rounded
        return self.__add__(_make(0 if up else 1, 1, context.Etiny() - 1), quiet)

    def next_plus(self, context=None):
        """The next larger number of the context."""
        return self._next(context or getcontext(), True)

    def next_minus(self, context=None):
        """The next smaller number of the context."""
        return self._next(context or getcontext(), False)

    def next_toward(self, other, context=None):
        """The next number in the direction of another."""
        context, other = context or getcontext(), _operand(other)
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

    # --- signs and kinds ---

    def copy_abs(self):
        return _make(0, self._int, self._exp, self._special)

    def copy_negate(self):
        return _make(1 - self._sign, self._int, self._exp, self._special)

    def copy_sign(self, other, context=None):
        return _make(_operand(other)._sign, self._int, self._exp, self._special)

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
        return Decimal(10)

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

    # --- largest and smallest ---

    def _extreme(self, other, context, larger, magnitude):
        context, other = context or getcontext(), _operand(other)
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

    # --- digits as bits ---

    def _logical(self, context):
        if self._sign or self._exp or self._special:
            return None
        digits = _digits(self._int)
        return None if digits.strip('01') else int(digits[-context.prec:], 2)

    def _bitwise(self, other, context, operation):
        context, other = context or getcontext(), _operand(other)
        a, b = self._logical(context), other._logical(context)
        if a is None or b is None:
            return _invalid(context)
        return _make(0, int(bin(operation(a, b))[2:]), 0)

    def logical_and(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        context = context or getcontext()
        return self.logical_xor(_make(0, int('1' * context.prec), 0), context)


def _digits(n):
    """The decimal digits of an int of any size."""
    limit = _sys.get_int_max_str_digits()
    if not limit or n < 10**600:
        return str(n)
    half = _digits_of(n) // 2
    high, low = divmod(n, 10**half)
    return _digits(high) + _digits(low).rjust(half, '0')


def _to_int(text):
    limit = 4000
    if len(text) <= limit:
        return int(text)
    half = len(text) // 2
    return _to_int(text[:-half]) * 10**half + _to_int(text[-half:])


def _operand_or_not(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _make(1 if value < 0 else 0, abs(int(value)), 0)
    return NotImplemented


def _operand(value):
    found = _operand_or_not(value)
    if found is NotImplemented:
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
    return found


def _invalid(context):
    context.signal(InvalidOperation)
    return _make(0, 0, 0, 'n')


_ONE = _make(0, 1, 0)
_numbers.Number.register(Decimal)

# --- the same operations as methods of a context ---


def _add_context_methods():
    def method(name, target, count):
        function = getattr(Decimal, target)
        if count == 1:
            def call(self, a, /):
                return function(_operand(a), context=self)
        elif count == 2:
            def call(self, a, b, /):
                return function(_operand(a), _operand(b), context=self)
        else:
            def call(self, a, b, c, /):
                return function(_operand(a), _operand(b), _operand(c), context=self)
        call.__name__ = name
        call.__doc__ = function.__doc__
        setattr(Context, name, call)

    for name, target in (('abs', '__abs__'), ('minus', '__neg__'), ('plus', '__pos__')):
        method(name, target, 1)
    for name in ('exp', 'ln', 'log10', 'logb', 'sqrt', 'normalize', 'next_plus', 'next_minus', 'number_class',
                 'is_normal', 'is_subnormal', 'logical_invert', 'to_integral_exact', 'to_integral_value',
                 'to_eng_string'):
        method(name, name, 1)
    Context.to_integral = Context.to_integral_value
    for name, target in (('add', '__add__'), ('subtract', '__sub__'), ('multiply', '__mul__'),
                         ('divide', '__truediv__'), ('divide_int', '__floordiv__'), ('remainder', '__mod__'),
                         ('divmod', '__divmod__')):
        method(name, target, 2)
    for name in ('compare', 'compare_signal', 'compare_total', 'compare_total_mag', 'copy_sign', 'logical_and',
                 'logical_or', 'logical_xor', 'max', 'max_mag', 'min', 'min_mag', 'next_toward', 'quantize',
                 'remainder_near', 'rotate', 'same_quantum', 'scaleb', 'shift'):
        method(name, name, 2)
    method('fma', 'fma', 3)

    def plain(name):
        function = getattr(Decimal, name)
        setattr(Context, name, lambda self, a, /: function(_operand(a)))
    for name in ('canonical', 'copy_abs', 'copy_negate', 'is_canonical', 'is_finite', 'is_infinite', 'is_nan',
                 'is_qnan', 'is_signed', 'is_snan', 'is_zero'):
        plain(name)

    def power(self, a, b, modulo=None):
        """a ** b, or a ** b % modulo."""
        return _operand(a).__pow__(_operand(b), modulo, context=self)
    Context.power = power
    Context.copy_decimal = lambda self, a, /: _operand(a)
    Context.to_sci_string = lambda self, a, /: _operand(a).__str__(context=self)


Decimal.__module__ = 'decimal'
_add_context_methods()

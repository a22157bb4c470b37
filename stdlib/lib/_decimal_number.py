"""What _pydecimal.Decimal is: made of text, tuples and floats, shown, converted, and rounded to a context."""
import math
import sys
from collections import namedtuple

from _decimal_context import (Clamped, Context, ConversionSyntax, FloatOperation, Inexact, InvalidOperation, Overflow,
                              ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP,
                              Rounded, Subnormal, Underflow, getcontext)
from _decimal_digits import cut, text_of, to_int
from _decimal_math import digits_of

DecimalTuple = namedtuple('DecimalTuple', 'sign digits exponent')
DecimalTuple.__module__ = 'decimal'

# Numbers that are equal hash alike, whatever their type.
MODULUS = sys.hash_info.modulus
TEN_INVERSE = pow(10, -1, MODULUS)


def make(sign, coefficient, exponent, special=''):
    """A number; `special` is '', 'F' (infinity), 'n' (quiet NaN) or 'N' (signaling NaN)."""
    self = object.__new__(Number.plain)
    self._sign, self._int, self._exp, self._special = sign, coefficient, exponent, special
    return self


def from_int(value):
    """The number of an int."""
    return make(int(value < 0), abs(int(value)), 0)


def operand_or_not(value):
    if isinstance(value, Number):
        return value
    if isinstance(value, int):
        return from_int(value)
    return NotImplemented


def operand(value):
    found = operand_or_not(value)
    if found is NotImplemented:
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
    return found


def invalid(context):
    context.signal(InvalidOperation)
    return make(0, 0, 0, 'n')


_pattern = None


def _match(text):
    global _pattern
    if _pattern is None:
        import re
        _pattern = re.compile(r'([-+])?(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:E([-+]?\d+))?|Inf(?:inity)?|(s)?NaN(\d*))',
                              re.IGNORECASE)
    return _pattern.fullmatch(text)


class Number:
    """What a decimal number is made of: sign, coefficient, exponent; or that it is an infinity or NaN.

    Its operations come from the other modules; numbers are objects of the class `plain`, which has them all.
    """

    __slots__ = ('_sign', '_int', '_exp', '_special')
    plain = None

    def __new__(cls, value='0', context=None):
        if context is not None and not isinstance(context, Context):
            raise TypeError('optional argument must be a context')
        made = Number._read(value, context)
        if cls is Number.plain:
            return made
        self = object.__new__(cls)
        self._sign, self._int, self._exp, self._special = made._sign, made._int, made._exp, made._special
        return self

    # --- making ---

    @staticmethod
    def _read(value, context=None, exact=True):
        if type(value) is int:
            return from_int(value)
        if isinstance(value, str):
            return Number._from_text(value, context)
        if isinstance(value, Number):
            return make(value._sign, value._int, value._exp, value._special)
        if isinstance(value, int):
            return from_int(value)
        if isinstance(value, float):
            (context or getcontext()).signal(FloatOperation)
            return Number.plain.from_float(value)
        if isinstance(value, (tuple, list)):
            return Number._from_tuple(value)
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')

    @staticmethod
    def _from_text(text, context):
        match = _match(text.strip().replace('_', ''))
        if match is None:
            (context or getcontext()).signal(ConversionSyntax)
            return make(0, 0, 0, 'n')
        sign, whole, fraction, exponent, signaling, payload = match.groups()
        sign = 1 if sign == '-' else 0
        if whole is not None:
            fraction = fraction or ''
            return make(sign, to_int(whole + fraction), int(exponent or '0') - len(fraction))
        if payload is None:
            return make(sign, 0, 0, 'F')
        return make(sign, int(payload or '0'), 0, 'N' if signaling else 'n')

    @staticmethod
    def _from_tuple(value):
        if len(value) != 3:
            raise ValueError('argument must be a sequence of length 3')
        sign, digits, exponent = value
        if not isinstance(sign, int) or sign not in (0, 1):
            raise ValueError('sign must be an integer with the value 0 or 1')
        if exponent == 'F':
            return make(sign, 0, 0, 'F')
        coefficient = 0
        for digit in digits:
            if not isinstance(digit, int) or not 0 <= digit <= 9:
                raise ValueError('coefficient must be a tuple of digits')
            coefficient = coefficient * 10 + digit
        if exponent in ('n', 'N'):
            return make(sign, coefficient, 0, exponent)
        if not isinstance(exponent, int):
            raise ValueError('string argument in the third position must be \'F\', \'n\' or \'N\'')
        return make(sign, coefficient, exponent)

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, int):
            made = from_int(f)
        elif isinstance(f, float):
            sign = 1 if math.copysign(1.0, f) < 0 else 0
            if math.isinf(f):
                made = make(sign, 0, 0, 'F')
            elif math.isnan(f):
                made = make(sign, 0, 0, 'n')
            else:
                n, d = abs(f).as_integer_ratio()
                k = d.bit_length() - 1
                made = make(sign, n * 5**k, -k)
        else:
            raise TypeError('argument must be int or float')
        return made if cls is Number.plain else cls(made)

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self if type(self) is Number.plain else self.__class__(str(self))

    def __deepcopy__(self, memo):
        return self.__copy__()

    # --- text ---

    def as_tuple(self):
        """(sign, digits, exponent)."""
        if self._special == 'F':
            return DecimalTuple(self._sign, (0,), 'F')
        if self._special:
            return DecimalTuple(self._sign, tuple(map(int, text_of(self._int))) if self._int else (), self._special)
        return DecimalTuple(self._sign, tuple(map(int, text_of(self._int))), self._exp)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self, eng=False, context=None):
        sign = '-' if self._sign else ''
        if self._special == 'F':
            return sign + 'Infinity'
        if self._special:
            return sign + ('sNaN' if self._special == 'N' else 'NaN') + (text_of(self._int) if self._int else '')
        digits, exponent = text_of(self._int), self._exp
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
            return self.quantize(make(0, 1, -n))
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
            value, _ = cut(self._sign, self._int, -self._exp, rounding)
        return -value if self._sign else value

    def as_integer_ratio(self):
        """(numerator, denominator) in lowest terms."""
        if self._special == 'F':
            raise OverflowError('cannot convert Infinity to integer ratio')
        if self._special:
            raise ValueError('cannot convert NaN to integer ratio')
        n, d = (self._int * 10**self._exp, 1) if self._exp >= 0 else (self._int, 10**-self._exp)
        common = math.gcd(n, d) or 1
        return (-n if self._sign else n) // common, d // common

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return make(0, 0, 0)

    def conjugate(self):
        return self

    def __hash__(self):
        if self._special == 'N':
            raise TypeError('Cannot hash a signaling NaN value')
        if self._special == 'n':
            return object.__hash__(self)
        if self._special:
            return -sys.hash_info.inf if self._sign else sys.hash_info.inf
        power = pow(10, self._exp, MODULUS) if self._exp >= 0 else pow(TEN_INVERSE, -self._exp, MODULUS)
        value = self._int * power % MODULUS
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
                return make(sign, 0, wanted)
            return self
        size = digits_of(coefficient)
        least = size + exponent - context.prec
        if least > top:
            return self._overflow(context)
        subnormal = least < tiny
        if subnormal:
            least = tiny
        if exponent < least:
            kept, inexact = cut(sign, coefficient, least - exponent, context.rounding)
            if digits_of(kept) > context.prec:
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
            return make(sign, kept, least)
        if subnormal:
            context.signal(Subnormal)
        if context.clamp and exponent > top:
            context.signal(Clamped)
            return make(sign, coefficient * 10**(exponent - top), top)
        return self

    def _overflow(self, context):
        context.signal(Overflow, Inexact, Rounded)
        rounding = context.rounding
        to_infinity = (rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP)
                       or rounding == ROUND_CEILING and not self._sign or rounding == ROUND_FLOOR and self._sign)
        if to_infinity:
            return make(self._sign, 0, 0, 'F')
        return make(self._sign, 10**context.prec - 1, context.Emax - context.prec + 1)

    def _fixed_nan(self, context):
        limit = context.prec - context.clamp
        if self._int and digits_of(self._int) > limit:
            return make(self._sign, self._int % 10**limit, 0, self._special)
        return self

    def _nan_result(self, context, other=None):
        """What an operation gives when an operand is a NaN; None when none is."""
        for one in (self, other):
            if one is not None and one._special == 'N':
                context.signal(InvalidOperation)
                return make(one._sign, one._int, 0, 'n')._fixed_nan(context)
        for one in (self, other):
            if one is not None and one._special == 'n':
                return one._fixed_nan(context)
        return None

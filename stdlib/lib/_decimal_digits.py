"""Ints as rows of decimal digits, for _pydecimal: cutting with rounding, and text of any length."""
import sys

from _decimal_context import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP,
                              ROUND_UP)
from _decimal_math import digits_of


def cut(sign, coefficient, places, rounding):
    """The coefficient without its last `places` digits, rounded; and whether anything but zeros went."""
    if places > digits_of(coefficient) + 1:
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


def text_of(n):
    """The decimal digits of an int of any size."""
    limit = sys.get_int_max_str_digits()
    if not limit or n < 10**600:
        return str(n)
    half = digits_of(n) // 2
    high, low = divmod(n, 10**half)
    return text_of(high) + text_of(low).rjust(half, '0')


def to_int(text):
    limit = 4000
    if len(text) <= limit:
        return int(text)
    half = len(text) // 2
    return to_int(text[:-half]) * 10**half + to_int(text[-half:])

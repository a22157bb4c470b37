"""Integers that stand for decimal fractions: logarithms and exponentials to as many digits as asked for."""
from math import isqrt

_ln10 = {}


def digits_of(n):
    """How many decimal digits a positive int has; 1 for 0."""
    if n < 10**15:
        return len(str(n))
    guess = int((n.bit_length() - 1) * 0.30102999566398120)
    return guess + 1 if n < 10**(guess + 1) else guess + 2


def _atanh_inverse(n, scale):
    """atanh(1/n) times scale."""
    term = scale // n
    total, square, k = term, n * n, 1
    while term:
        term //= square
        k += 2
        total += term // k
    return total


def ln10(places):
    """ln 10 times 10**places, good to a few units."""
    for known, value in _ln10.items():
        if known >= places:
            return value // 10**(known - places)
    scale = 10**(places + 10)
    # Machin-like: ln 10 = 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161).
    value = 46 * _atanh_inverse(31, scale) + 34 * _atanh_inverse(49, scale) + 20 * _atanh_inverse(161, scale)
    value //= 10**10
    _ln10.clear()
    _ln10[places] = value
    return value


def fixed_exp(x, places):
    """exp(x / 10**places) times 10**places for 0 <= x < 3 * 10**places."""
    halvings = 8 + isqrt(places)
    guard = 10 + halvings
    scale = 10**(places + guard)
    x = x * 10**guard >> halvings
    term = total = scale
    k = 1
    while term:
        term = term * x // (scale * k)
        total += term
        k += 1
    for _ in range(halvings):
        total = total * total // scale
    return total // 10**guard


def fixed_ln(x, places):
    """ln(x / 10**places) times 10**places for x between 10**places and 10 * 10**places."""
    roots = 8 + isqrt(places) // 2
    guard = 10 + roots
    scale = 10**(places + guard)
    x *= 10**guard
    for _ in range(roots):
        x = isqrt(x * scale)
    # ln y = 2 atanh((y - 1) / (y + 1)).
    ratio = (x - scale) * scale // (x + scale)
    square = ratio * ratio // scale
    term = total = ratio
    k = 1
    while term:
        term = term * square // scale
        k += 2
        total += term // k
    return (total << roots + 1) // 10**guard


def approximate_exp(coefficient, exponent, places):
    """(significand, exponent) of exp(coefficient * 10**exponent), with about `places` digits."""
    work = places + max(0, exponent + digits_of(abs(coefficient))) + 5
    shift = work + exponent
    x = coefficient * 10**shift if shift >= 0 else coefficient // 10**-shift
    log = ln10(work)
    power, rest = divmod(x, log)
    cut = work - places - 3
    if cut > 0:
        rest //= 10**cut
        work -= cut
    return fixed_exp(rest, work), power - work


def approximate_ln(coefficient, exponent, places):
    """ln(coefficient * 10**exponent) times 10**places, good to a few units."""
    size = digits_of(coefficient)
    power = exponent + size - 1
    work = places + len(str(abs(power))) + 5
    shift = work - (size - 1)
    mantissa = coefficient * 10**shift if shift >= 0 else coefficient // 10**-shift
    value = fixed_ln(mantissa, work) + power * ln10(work)
    cut = 10**(work - places)
    return value // cut

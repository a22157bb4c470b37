"""Averages, spread and relations of data. Sums are exact, so that results do not depend on the order."""
import math
import numbers
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from decimal import Decimal
from fractions import Fraction

from _statistics_normal import NormalDist, StatisticsError

__all__ = ['NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_grouped', 'median_high', 'median_low', 'mode', 'multimode',
           'pstdev', 'pvariance', 'quantiles', 'stdev', 'variance']


# --- exact sums ---

def _exact_ratio(x):
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        # An infinity or NaN.
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


def _coerce(a, b):
    """The type of a sum of two types."""
    if a is b or b is int or b is bool and a is not bool:
        return a
    if a is int or a is bool:
        return b
    if issubclass(b, a):
        return b
    if issubclass(a, b):
        return a
    if issubclass(a, int):
        return b
    if issubclass(b, int):
        return a
    if issubclass(a, Fraction) and issubclass(b, float):
        return b
    if issubclass(a, float) and issubclass(b, Fraction):
        return a
    raise TypeError("don't know how to coerce %s and %s" % (a.__name__, b.__name__))


def _sum(data):
    """(type, exact sum, how many)."""
    count, kind = 0, int
    partials = {}
    for value in data:
        if type(value) is not kind:
            kind = _coerce(kind, type(value))
        n, d = _exact_ratio(value)
        partials[d] = partials.get(d, 0) + n
        count += 1
    if None in partials:
        return kind, partials[None], count
    return kind, _total((n, d) for d, n in partials.items()), count


def _squares(data, center=None):
    """(type, exact sum of squares of the distances from the mean, the mean, how many)."""
    if center is None:
        return _squares_around_mean(data)
    kind, count = int, 0
    if isinstance(center, float) and not math.isfinite(center) or isinstance(center, Decimal) and not center.is_finite():
        for value in data:
            kind = _coerce(kind, type(value))
            count += 1
        return kind, center - center, center, count
    n0, d0 = _exact_ratio(center)
    partials = {}       # denominator -> sum of squares of (n * d0 - n0 * d)
    special = None
    for value in data:
        if type(value) is not kind:
            kind = _coerce(kind, type(value))
        n, d = _exact_ratio(value)
        count += 1
        if d is None:
            special = n
            continue
        distance = n * d0 - n0 * d
        partials[d] = partials.get(d, 0) + distance * distance
    if special is not None:
        return kind, special - special, center, count
    return kind, _total((n, (d * d0) ** 2) for d, n in partials.items()), center, count


def _squares_around_mean(data):
    """The same in one pass: the squares of the values, less what their sum stands for."""
    kind, count = int, 0
    sums, squares = {}, {}      # denominator -> sum of numerators, and of their squares
    special = None
    for value in data:
        if type(value) is not kind:
            kind = _coerce(kind, type(value))
        n, d = _exact_ratio(value)
        count += 1
        if d is None:
            special = n if special is None else special + n
            continue
        sums[d] = sums.get(d, 0) + n
        squares[d] = squares.get(d, 0) + n * n
    if special is not None:
        center = special / count
        return kind, special - special, center, count
    total = _total((n, d) for d, n in sums.items())
    if not count:
        return kind, Fraction(0), Fraction(0), 0
    center = total / count
    return kind, _total((n, d * d) for d, n in squares.items()) - total * center, center, count


def _total(ratios):
    """The exact sum of (numerator, denominator) pairs, over one denominator where one is a multiple of the other."""
    n, d = 0, 1
    for numerator, denominator in ratios:
        if denominator == d:
            n += numerator
        elif denominator % d == 0:
            n, d = n * (denominator // d) + numerator, denominator
        elif d % denominator == 0:
            n += numerator * (d // denominator)
        else:
            n, d = n * denominator + numerator * d, d * denominator
    return Fraction(n, d)


def _convert(value, kind):
    """A Fraction as the type of the data."""
    if type(value) is kind:
        return value
    if issubclass(kind, int) and getattr(value, 'denominator', 1) != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if issubclass(kind, Decimal):
            return kind(value.numerator) / value.denominator
        raise


def _root(fraction, kind):
    """The square root of a Fraction: correctly rounded for floats, by the context for Decimals."""
    if not isinstance(fraction, Fraction):
        return fraction
    if issubclass(kind, Decimal):
        return (Decimal(fraction.numerator) / Decimal(fraction.denominator)).sqrt()
    n, d = fraction.numerator, fraction.denominator
    if not n:
        return 0.0
    shift = (n.bit_length() - d.bit_length() - 109) // 2
    if shift >= 0:
        n, d = n, d << 2 * shift
    else:
        n <<= -2 * shift
    root = math.isqrt(n // d)
    root |= root * root * d != n
    return math.ldexp(root, shift) if root.bit_length() < 1000 else float(root) * 2.0**shift


# --- averages ---

def mean(data):
    """The arithmetic mean."""
    kind, total, count = _sum(data)
    if count < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / count, kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float, fast."""
    if weights is None:
        if not hasattr(data, '__len__'):
            data = list(data)
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    data, weights = list(map(float, data)), list(weights)
    if not data:
        raise StatisticsError('fmean requires at least one data point')
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    total = math.fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return math.fsum(x * w for x, w in zip(data, weights)) / total


def geometric_mean(data):
    """The n-th root of the product."""
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    data = list(data)
    words = 'harmonic mean does not support negative values'
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if len(data) == 1 and weights is None:
        if not isinstance(data[0], (numbers.Real, Decimal)):
            raise TypeError('unsupported type')
        if data[0] < 0:
            raise StatisticsError(words)
        return data[0]
    if weights is None:
        weights, total = [1] * len(data), len(data)
    else:
        weights = list(weights)
        if len(weights) != len(data):
            raise StatisticsError('Number of weights does not match data size')
        if any(w < 0 for w in weights):
            raise StatisticsError(words)
        total = _sum(weights)[1]
    if any(x < 0 for x in data):
        raise StatisticsError(words)
    if any(x == 0 and w for x, w in zip(data, weights)):
        return 0
    kind, inverse, _ = _sum(w / x if w else 0 for x, w in zip(data, weights))
    if inverse <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(total / inverse, kind)


def _sorted_or_fail(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data


def median(data):
    """The middle value, or the mean of the two."""
    data = _sorted_or_fail(data)
    i = len(data) // 2
    return data[i] if len(data) % 2 else (data[i - 1] + data[i]) / 2


def median_low(data):
    """The middle value, or the smaller of the two."""
    data = _sorted_or_fail(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle value, or the larger of the two."""
    data = _sorted_or_fail(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """The median of data that stand for intervals around them."""
    data = _sorted_or_fail(data)
    size = len(data)
    x = data[size // 2]
    i = bisect_left(data, x)
    j = bisect_right(data, x, lo=i)
    try:
        interval, x = float(interval), float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float')
    return x - interval / 2.0 + interval * (size / 2 - i) / (j - i)


def mode(data):
    """The value that is there most often, the first of several."""
    pairs = Counter(iter(data)).most_common(1)
    try:
        return pairs[0][0]
    except IndexError:
        raise StatisticsError('no mode for empty data') from None


def multimode(data):
    """All values that are there most often."""
    counts = Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 values that divide the data into n parts of equal weight."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        result = []
        for i in range(1, n):
            j, rest = divmod(i * (size - 1), n)
            result.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
        return result
    if method == 'exclusive':
        result = []
        for i in range(1, n):
            j = min(max(i * (size + 1) // n, 1), size - 1)
            rest = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
        return result
    raise ValueError(f'Unknown method: {method!r}')


# --- spread ---

def _spread(data, center, least, name):
    kind, squares, _, count = _squares(data, center)
    if count < least:
        raise StatisticsError(f'{name} requires at least {"two data points" if least == 2 else "one data point"}')
    return kind, squares / (count - least + 1)


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, value = _spread(data, xbar, 2, 'variance')
    return _convert(value, kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    kind, value = _spread(data, mu, 1, 'pvariance')
    return _convert(value, kind)


def stdev(data, xbar=None):
    """The square root of the variance."""
    kind, value = _spread(data, xbar, 2, 'stdev')
    return _root(value, kind)


def pstdev(data, mu=None):
    """The square root of the variance of a population."""
    kind, value = _spread(data, mu, 1, 'pstdev')
    return _root(value, kind)


# --- relations of two variables ---

def _pairs(x, y, name):
    if len(y) != len(x):
        raise StatisticsError(f'{name} requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError(f'{name} requires at least two data points')


def covariance(x, y, /):
    """How two variables vary together."""
    _pairs(x, y, 'covariance')
    xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(y)
    return math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y)) / (len(x) - 1)


def correlation(x, y, /):
    """Pearson's coefficient, from -1 to 1."""
    _pairs(x, y, 'correlation')
    xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(y)
    sxy = math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))
    sxx = math.fsum((d := a - xbar) * d for a in x)
    syy = math.fsum((d := b - ybar) * d for b in y)
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant') from None


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept of the line with the least squares of distances."""
    _pairs(x, y, 'linear regression')
    if proportional:
        sxy = math.fsum(a * b for a, b in zip(x, y))
        sxx = math.fsum(a * a for a in x)
    else:
        xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(y)
        sxy = math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))
        sxx = math.fsum((d := a - xbar) * d for a in x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError('x is constant') from None
    return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)

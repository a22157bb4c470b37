"""The normal distribution of the module statistics."""
import math
import random

_SQRT2 = math.sqrt(2.0)


class StatisticsError(ValueError):
    """The data do not allow the question."""


StatisticsError.__module__ = 'statistics'


def _inverse(p, mu, sigma):
    """The quantile: Acklam-like start, then Newton steps on the distribution function until nothing changes."""
    # Work in the lower half, where erfc keeps its digits.
    lower = min(p, 1.0 - p)
    t = math.sqrt(-2.0 * math.log(lower))
    x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
    for _ in range(4):
        density = math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
        if not density:
            break
        error = (0.5 * math.erfc(-x / _SQRT2) - lower) / density
        # Halley's step.
        x -= error / (1.0 + x * error / 2.0)
    if p > 0.5:
        x = -x
    return mu + x * sigma if p != 0.5 else mu


class NormalDist:
    """The normal distribution with a mean and a standard deviation."""

    __slots__ = {'_mu': 'Arithmetic mean of a normal distribution', '_sigma': 'Standard deviation of a normal distribution'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution with the mean and deviation of the data."""
        import statistics
        data = list(data)
        return cls(float(statistics.mean(data)), float(statistics.stdev(data)))

    def samples(self, n, *, seed=None):
        """So many random numbers of the distribution."""
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        """The density at x."""
        square = self._sigma * self._sigma
        if not square:
            raise StatisticsError('pdf() not defined when sigma is zero')
        distance = x - self._mu
        return math.exp(distance * distance / (-2.0 * square)) / math.sqrt(math.tau * square)

    def cdf(self, x):
        """The probability of a value of at most x."""
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * _SQRT2)))

    def inv_cdf(self, p):
        """The value that has this probability below it."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        if self._sigma <= 0.0:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        return _inverse(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """How much of two distributions is common."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        a, b = self, other
        if (b._sigma, b._mu) < (a._sigma, a._mu):
            a, b = b, a
        a_square, b_square = a.variance, b.variance
        if not a_square or not b_square:
            raise StatisticsError('overlap() not defined when sigma is zero')
        difference = b_square - a_square
        distance = math.fabs(b._mu - a._mu)
        if not difference:
            return 1.0 - math.erf(distance / (2.0 * a._sigma * _SQRT2))
        middle = a._mu * b_square - b._mu * a_square
        wide = a._sigma * b._sigma * math.sqrt(distance * distance + difference * math.log(b_square / a_square))
        x1, x2 = (middle + wide) / difference, (middle - wide) / difference
        return 1.0 - (math.fabs(b.cdf(x1) - a.cdf(x1)) + math.fabs(b.cdf(x2) - a.cdf(x2)))

    def zscore(self, x):
        """The distance from the mean in standard deviations."""
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma

    mean = property(lambda self: self._mu, doc='The mean.')
    median = property(lambda self: self._mu, doc='The median.')
    mode = property(lambda self: self._mu, doc='The mode.')
    stdev = property(lambda self: self._sigma, doc='The standard deviation.')
    variance = property(lambda self: self._sigma * self._sigma, doc='The variance.')

    def __add__(a, b):
        if isinstance(b, NormalDist):
            return NormalDist(a._mu + b._mu, math.hypot(a._sigma, b._sigma))
        return NormalDist(a._mu + b, a._sigma)

    def __sub__(a, b):
        if isinstance(b, NormalDist):
            return NormalDist(a._mu - b._mu, math.hypot(a._sigma, b._sigma))
        return NormalDist(a._mu - b, a._sigma)

    def __mul__(a, b):
        return NormalDist(a._mu * b, a._sigma * math.fabs(b))

    def __truediv__(a, b):
        return NormalDist(a._mu / b, a._sigma / math.fabs(b))

    def __pos__(a):
        return NormalDist(a._mu, a._sigma)

    def __neg__(a):
        return NormalDist(-a._mu, a._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(a, b):
        return -(a - b)

    def __eq__(a, b):
        if not isinstance(b, NormalDist):
            return NotImplemented
        return a._mu == b._mu and a._sigma == b._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state


NormalDist.__module__ = 'statistics'

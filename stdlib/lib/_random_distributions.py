"""The real-valued distributions of the module random, as methods over self.random().

Each draws in the order, and calculates in the steps, in which CPython 3.11 does: the same seed gives the same numbers, to the
last bit. The names of variables are those of the papers.
"""
from math import acos, cos, e, exp, isfinite, log, pi, sin, sqrt
from math import floor
from bisect import bisect
from itertools import accumulate

TWOPI = 2.0 * pi
# The half-width of the ratio of uniforms for the normal distribution: sqrt(8 / e) / 1.
NV_MAGICCONST = 4 * exp(-0.5) / sqrt(2.0)
SG_MAGICCONST = 1.0 + log(4.5)
LOG4 = log(4.0)


def _running_sums(weights):
    try:
        return [*accumulate(weights)]
    except TypeError:
        if isinstance(weights, int):
            # choices(population, 3): somebody meant k.
            raise TypeError(f'The number of choices must be a keyword argument: k={weights!r}') from None
        raise


class Distributions:
    """Mix-in of random.Random."""

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items, each drawn anew; with weights, or with their running sums."""
        draw, size = self.random, len(population)
        if weights is not None and cum_weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if weights is None and cum_weights is None:
            span = float(size)
            return [population[floor(draw() * span)] for _ in range(k)]
        sums = _running_sums(weights) if cum_weights is None else cum_weights
        if len(sums) != size:
            raise ValueError('The number of weights does not match the population')
        total = float(sums[-1])
        if not total > 0.0 and total == total:
            raise ValueError('Total of weights must be greater than zero')
        if not isfinite(total):
            raise ValueError('Total of weights must be finite')
        # The last item is taken for what rounding puts beyond the total.
        return [population[bisect(sums, draw() * total, 0, size - 1)] for _ in range(k)]

    def uniform(self, a, b):
        """Between a and b, all equally likely."""
        width = b - a
        return a + width * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """Between low and high, most often near the mode."""
        drawn = self.random()
        try:
            share = (mode - low) / (high - low) if mode is not None else 0.5
        except ZeroDivisionError:
            return low
        if drawn <= share:
            start, end = low, high
        else:
            # Beyond the mode, seen from the other side.
            start, end, drawn, share = high, low, 1.0 - drawn, 1.0 - share
        return start + (end - start) * sqrt(drawn * share)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """The normal distribution, by the ratio of uniforms (Kinderman and Monahan, 1977)."""
        draw, accepted = self.random, False
        while not accepted:
            u, v = draw(), 1.0 - draw()
            ratio = NV_MAGICCONST * (u - 0.5) / v
            accepted = ratio * ratio / 4.0 <= -log(v)
        return mu + ratio * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """The normal distribution, in pairs (Box and Muller): faster, not for shared use by threads."""
        kept, self.gauss_next = self.gauss_next, None
        if kept is None:
            angle = self.random() * TWOPI
            radius = sqrt(-2.0 * log(1.0 - self.random()))
            kept, self.gauss_next = cos(angle) * radius, sin(angle) * radius
        return mu + kept * sigma

    def lognormvariate(self, mu, sigma):
        """A number whose logarithm is normally distributed."""
        logarithm = self.normalvariate(mu, sigma)
        return exp(logarithm)

    def expovariate(self, lambd):
        """The exponential distribution with mean 1 / lambd."""
        # random() may be 0, which has no logarithm; it is never 1.
        rest = 1.0 - self.random()
        return -log(rest) / lambd

    def weibullvariate(self, alpha, beta):
        """The Weibull distribution with scale alpha and shape beta."""
        rest = 1.0 - self.random()
        return alpha * (-log(rest)) ** (1.0 / beta)

    def paretovariate(self, alpha):
        """The Pareto distribution with shape alpha."""
        rest = 1.0 - self.random()
        return rest ** (-1.0 / alpha)

    def vonmisesvariate(self, mu, kappa):
        """An angle around mu, the closer the larger kappa (Best and Fisher, 1979)."""
        if kappa <= 1e-6:
            # All angles are alike.
            return TWOPI * self.random()
        s = 0.5 / kappa
        r = s + sqrt(1.0 + s * s)
        accepted = False
        while not accepted:
            z = cos(pi * self.random())
            d = z / (r + z)
            u = self.random()
            accepted = u < 1.0 - d * d or u <= (1.0 - d) * exp(d)
        q = 1.0 / r
        angle = acos((q + z) / (1.0 + q * z))
        return (mu + angle if self.random() > 0.5 else mu - angle) % TWOPI

    def gammavariate(self, alpha, beta):
        """The gamma distribution: mean alpha * beta, variance alpha * beta ** 2."""
        if not (alpha > 0.0 and beta > 0.0):
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        if alpha == 1.0:
            return -log(1.0 - self.random()) * beta
        return (self.__gamma_above_one if alpha > 1.0 else self.__gamma_below_one)(alpha) * beta

    def __gamma_above_one(self, alpha):
        """Cheng (1977), with the quick acceptance of the paper."""
        a = sqrt(2.0 * alpha - 1.0)
        b, c = alpha - LOG4, alpha + a
        while True:
            u = self.random()
            if not 1e-7 < u < 0.9999999:
                continue
            v = 1.0 - self.random()
            w = log(u / (1.0 - u)) / a
            x = alpha * exp(w)
            z = u * u * v
            r = b + c * w - x
            if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= log(z):
                return x

    def __gamma_below_one(self, alpha):
        """Algorithm GS (Ahrens and Dieter, 1974)."""
        b = (e + alpha) / e
        while True:
            p = b * self.random()
            small = p <= 1.0
            x = p ** (1.0 / alpha) if small else -log((b - p) / alpha)
            if self.random() <= (exp(-x) if small else x ** (alpha - 1.0)):
                return x

    def betavariate(self, alpha, beta):
        """The beta distribution, out of two gamma-distributed numbers."""
        part = self.gammavariate(alpha, 1.0)
        return part / (part + self.gammavariate(beta, 1.0)) if part else 0.0

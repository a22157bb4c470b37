"""Random numbers: the Mersenne Twister (native, module _random), what is drawn with it, and functions of a hidden instance.

The same seed gives the same numbers as in CPython 3.11: every method draws from the generator in the same order. The
distributions of real numbers are in _random_distributions.
"""
from _random import Random as _Twister, _sha512, _urandom
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate
from math import ceil as _ceil, e as _e, exp as _exp, floor as _floor, log as _log
from operator import index as _index
from os import register_at_fork as _register_at_fork

from _random_distributions import LOG4, NV_MAGICCONST, SG_MAGICCONST, TWOPI, Distributions as _Distributions

# The functions: what the hidden instance does.
_FUNCTIONS = ('betavariate', 'choice', 'choices', 'expovariate', 'gammavariate', 'gauss', 'getrandbits', 'getstate',
              'lognormvariate', 'normalvariate', 'paretovariate', 'randbytes', 'randint', 'random', 'randrange', 'sample',
              'seed', 'setstate', 'shuffle', 'triangular', 'uniform', 'vonmisesvariate', 'weibullvariate')
__all__ = ['Random', 'SystemRandom', *_FUNCTIONS]

# A float has so many bits.
BPF = 53
RECIP_BPF = 2.0 ** -BPF
_ONE = 1


def _whole(value, message):
    """The value as an int; a float without a fraction is taken too, for the time being."""
    try:
        return _index(value)
    except TypeError:
        from warnings import warn
        number = int(value)
        if number != value:
            warn('randrange() will raise TypeError in the future', DeprecationWarning, 3)
            raise ValueError(message) from None
        warn('non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a '
             'subsequent version', DeprecationWarning, 3)
        return number


def _is_sequence(population):
    if isinstance(population, (list, tuple, range, str, bytes, bytearray)):
        return True
    from collections.abc import Sequence
    return isinstance(population, Sequence)


def _old_hash(text):
    """What seed() made of text in Python 2: its hash, of 64 bits."""
    if isinstance(text, bytes):
        text = text.decode('latin-1')
    number = ord(text[0]) << 7 if text else 0
    for char in text:
        number = number * 1000003 & 0xFFFF_FFFF_FFFF_FFFF ^ ord(char)
    number ^= len(text)
    return number if number != -1 else -2


class Random(_Distributions, _Twister):
    """A generator of its own, with all distributions as methods."""

    VERSION = 3

    def __init__(self, x=None):
        self.gauss_next = None
        self.seed(x)

    # --- its state ---

    def seed(self, a=None, version=2):
        """Start again from `a`: None (the system's entropy), int, float, str, bytes or bytearray."""
        if version == 1 and isinstance(a, (str, bytes)):
            a = _old_hash(a)
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            data = a.encode() if isinstance(a, str) else a
            a = int.from_bytes(data + _sha512(data), 'big')
        elif not isinstance(a, (type(None), int, float, str, bytes, bytearray)):
            raise TypeError('The only supported seed types are: None,\nint, float, str, bytes, and bytearray.')
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """Everything that setstate needs to go on from here."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go back to a state that getstate gave."""
        version = state[0]
        if version not in (2, 3):
            raise ValueError(f'state with version {version} passed to Random.setstate() of version {self.VERSION}')
        _, words, self.gauss_next = state
        if version == 2:
            # Such states come from 32-bit builds with signed words.
            try:
                words = tuple(word % 2 ** 32 for word in words)
            except ValueError as problem:
                raise TypeError from problem
        super().setstate(words)

    # A pickle holds the state.
    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return type(self), (), self.getstate()

    # --- integers ---

    def __init_subclass__(cls, /, **kwargs):
        """Integers come from getrandbits, or from random() in a class that overrides only that."""
        own = next(names for names in map(vars, cls.__mro__) if not names.keys().isdisjoint(_SOURCES))
        if '_randbelow' not in own:
            cls._randbelow = (cls._randbelow_with_getrandbits if 'getrandbits' in own else
                              cls._randbelow_without_getrandbits)

    def _randbelow_with_getrandbits(self, n):
        """An int in range(n); 0 for 0. Draws until one fits, so that all are equally likely."""
        if not n:
            return 0
        draw, size = self.getrandbits, n.bit_length()
        while (number := draw(size)) >= n:
            pass
        return number

    def _randbelow_without_getrandbits(self, n, maxsize=1 << BPF):
        """The same with nothing but random()."""
        draw = self.random
        if n >= maxsize:
            from warnings import warn
            warn('Underlying random() generator does not supply \nenough bits to choose from a population range this '
                 'large.\nTo remove the range limitation, add a getrandbits() method.')
            return _floor(n * draw())
        if not n:
            return 0
        # Draws from the last, incomplete stretch are drawn again.
        usable = (maxsize - maxsize % n) / maxsize
        while (number := draw()) >= usable:
            pass
        return _floor(number * maxsize) % n

    _randbelow = _randbelow_with_getrandbits

    def randbytes(self, n):
        """n random bytes."""
        number = self.getrandbits(8 * n)
        return number.to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=_ONE):
        """An item of range(start, stop, step)."""
        first = _whole(start, 'non-integer arg 1 for randrange()')
        if stop is None:
            if step is not _ONE:
                raise TypeError('Missing a non-None stop argument')
            if first <= 0:
                raise ValueError('empty range for randrange()')
            return self._randbelow(first)
        last = _whole(stop, 'non-integer stop for randrange()')
        stride = _whole(step, 'non-integer step for randrange()')
        if not stride:
            raise ValueError('zero step for randrange()')
        count = -((first - last) // stride)
        if count > 0:
            return first + stride * self._randbelow(count)
        raise ValueError('empty range for randrange()' + (f' ({first}, {last}, {last - first})' if stride == 1 else ''))

    def randint(self, a, b):
        """An int N with a <= N <= b."""
        return self.randrange(a, 1 + b)

    # --- sequences ---

    def choice(self, seq):
        """An item of a sequence that is not empty."""
        size = len(seq)
        if not size:
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._randbelow(size)]

    def shuffle(self, x):
        """Shuffle the list in place."""
        draw = self._randbelow
        for left in range(len(x), 1, -1):
            other = draw(left)
            x[left - 1], x[other] = x[other], x[left - 1]

    def sample(self, population, k, *, counts=None):
        """k different places of the population, as a list of their items."""
        if not _is_sequence(population):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        size = len(population)
        if counts is not None:
            ends = _ends_of(counts, size)
            return [population[_bisect(ends, place)] for place in self.sample(range(ends[-1]), k)]
        if not 0 <= k <= size:
            raise ValueError('Sample larger than population or is negative')
        # A copy of the population takes so much, a set of the places taken so much more for each.
        room_of_set = 21 + (4 ** _ceil(_log(3 * k, 4)) if k > 5 else 0)
        if size <= room_of_set:
            return self.__sample_of_copy([*population], k)
        return self.__sample_of_places(population, size, k)

    def __sample_of_copy(self, pool, k):
        chosen = []
        for left in range(len(pool), len(pool) - k, -1):
            place = self._randbelow(left)
            chosen.append(pool[place])
            # What is last takes its place.
            pool[place] = pool[left - 1]
        return chosen

    def __sample_of_places(self, population, size, k):
        draw, taken = self._randbelow, set()
        places = []
        while len(places) < k:
            if (place := draw(size)) not in taken:
                taken.add(place)
                places.append(population[place])
        return places


# What says from where a class gets its integers.
_SOURCES = ('_randbelow', 'getrandbits', 'random')


def _ends_of(counts, size):
    """Where the places of each item end when it occurs so often; its last is their number."""
    ends = [*_accumulate(counts)]
    if len(ends) != size:
        raise ValueError('The number of counts does not match the population')
    if not ends:
        raise IndexError('pop from empty list')
    if not isinstance(ends[-1], int):
        raise TypeError('Counts must be integers')
    if ends[-1] <= 0:
        raise ValueError('Total of counts must be greater than zero')
    return ends


class SystemRandom(Random):
    """The same methods over the operating system's entropy. Has no seed and no state."""

    def random(self):
        # Seven bytes are three bits more than a float has.
        return RECIP_BPF * (int.from_bytes(_urandom(7), 'big') >> 3)

    def getrandbits(self, k):
        if k < 0:
            raise ValueError('number of bits must be non-negative')
        size = -(-k // 8)
        return int.from_bytes(_urandom(size), 'big') >> 8 * size - k

    def randbytes(self, n):
        return _urandom(n)

    def seed(self, *args, **kwds):
        """Does nothing: there is nothing to seed."""

    def _notimplemented(self, *args, **kwds):
        raise NotImplementedError('System entropy source does not have state.')

    getstate = setstate = _notimplemented


_inst = Random()
globals().update((name, getattr(_inst, name)) for name in _FUNCTIONS)

# The child of a fork goes on with numbers of its own.
_register_at_fork(after_in_child=_inst.seed)

"""Abstract classes of numbers: Number, and from the widest to the narrowest Complex, Real, Rational, Integral."""
from abc import ABCMeta, abstractmethod

__all__ = ['Number', 'Complex', 'Real', 'Rational', 'Integral']


class Number(metaclass=ABCMeta):
    """Any number."""

    __slots__ = ()
    __hash__ = None


def _abstract(name, parameters, doc):
    """An abstract method that a class must write itself."""
    namespace = {}
    exec(f'def {name}({parameters}):\n    raise NotImplementedError', namespace)
    method = namespace[name]
    method.__doc__ = doc
    method.__module__ = __name__
    return abstractmethod(method)


class Complex(Number):
    """Has real and imag, and the operations of complex numbers."""

    __slots__ = ()

    __complex__ = _abstract('__complex__', 'self', 'As a complex.')

    def __bool__(self):
        """Whether it is not 0."""
        return self != 0

    @property
    @abstractmethod
    def real(self):
        """The real part."""
        raise NotImplementedError

    @property
    @abstractmethod
    def imag(self):
        """The imaginary part."""
        raise NotImplementedError

    __add__ = _abstract('__add__', 'self, other', 'self + other')
    __radd__ = _abstract('__radd__', 'self, other', 'other + self')
    __neg__ = _abstract('__neg__', 'self', '-self')
    __pos__ = _abstract('__pos__', 'self', '+self')

    def __sub__(self, other):
        """self - other"""
        return self + -other

    def __rsub__(self, other):
        """other - self"""
        return -self + other

    __mul__ = _abstract('__mul__', 'self, other', 'self * other')
    __rmul__ = _abstract('__rmul__', 'self, other', 'other * self')
    __truediv__ = _abstract('__truediv__', 'self, other', 'self / other')
    __rtruediv__ = _abstract('__rtruediv__', 'self, other', 'other / self')
    __pow__ = _abstract('__pow__', 'self, exponent', 'self ** exponent')
    __rpow__ = _abstract('__rpow__', 'self, base', 'base ** self')
    __abs__ = _abstract('__abs__', 'self', 'The distance from 0.')
    conjugate = _abstract('conjugate', 'self', 'The same real part, and the opposite imaginary one.')
    __eq__ = _abstract('__eq__', 'self, other', 'self == other')


Complex.register(complex)


class Real(Complex):
    """Can be ordered, rounded and divided with a remainder."""

    __slots__ = ()

    __float__ = _abstract('__float__', 'self', 'As a float.')
    __trunc__ = _abstract('__trunc__', 'self', 'The integer between self and 0 that is nearest to self.')
    __floor__ = _abstract('__floor__', 'self', 'The greatest integer that is not greater.')
    __ceil__ = _abstract('__ceil__', 'self', 'The least integer that is not less.')
    __round__ = _abstract('__round__', 'self, ndigits=None', 'Rounded to so many digits, halves to even.')

    def __divmod__(self, other):
        """(self // other, self % other)"""
        return self // other, self % other

    def __rdivmod__(self, other):
        """(other // self, other % self)"""
        return other // self, other % self

    __floordiv__ = _abstract('__floordiv__', 'self, other', 'self // other')
    __rfloordiv__ = _abstract('__rfloordiv__', 'self, other', 'other // self')
    __mod__ = _abstract('__mod__', 'self, other', 'self % other')
    __rmod__ = _abstract('__rmod__', 'self, other', 'other % self')
    __lt__ = _abstract('__lt__', 'self, other', 'self < other')
    __le__ = _abstract('__le__', 'self, other', 'self <= other')

    # What is real is complex as well.
    def __complex__(self):
        """As a complex."""
        return complex(float(self))

    @property
    def real(self):
        """The number itself."""
        return +self

    @property
    def imag(self):
        """0"""
        return 0

    def conjugate(self):
        """The number itself."""
        return +self


Real.register(float)


class Rational(Real):
    """Has numerator and denominator, in lowest terms."""

    __slots__ = ()

    @property
    @abstractmethod
    def numerator(self):
        raise NotImplementedError

    @property
    @abstractmethod
    def denominator(self):
        raise NotImplementedError

    def __float__(self):
        """As a float."""
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """Can be an index, shifted, and combined bit by bit."""

    __slots__ = ()

    __int__ = _abstract('__int__', 'self', 'As an int.')

    def __index__(self):
        """As an int, where one is needed."""
        return int(self)

    __pow__ = _abstract('__pow__', 'self, exponent, modulus=None', 'self ** exponent % modulus')
    __lshift__ = _abstract('__lshift__', 'self, other', 'self << other')
    __rlshift__ = _abstract('__rlshift__', 'self, other', 'other << self')
    __rshift__ = _abstract('__rshift__', 'self, other', 'self >> other')
    __rrshift__ = _abstract('__rrshift__', 'self, other', 'other >> self')
    __and__ = _abstract('__and__', 'self, other', 'self & other')
    __rand__ = _abstract('__rand__', 'self, other', 'other & self')
    __xor__ = _abstract('__xor__', 'self, other', 'self ^ other')
    __rxor__ = _abstract('__rxor__', 'self, other', 'other ^ self')
    __or__ = _abstract('__or__', 'self, other', 'self | other')
    __ror__ = _abstract('__ror__', 'self, other', 'other | self')
    __invert__ = _abstract('__invert__', 'self', '~self')

    def __float__(self):
        """As a float."""
        return float(int(self))

    @property
    def numerator(self):
        """The number itself."""
        return +self

    @property
    def denominator(self):
        """1"""
        return 1


Integral.register(int)

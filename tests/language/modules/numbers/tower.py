# Which numbers are what, and classes that derive from the abstract ones.
import numbers

for value in 1, True, 1.5, 1j, 'x':
    print([cls.__name__ for cls in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral)
           if isinstance(value, cls)])
try:
    numbers.Integral()
except TypeError as error:
    print(str(error)[:62])


class Half(numbers.Rational):
    numerator, denominator = 1, 2

    def _no(self, *args):
        return NotImplemented

    __abs__ = __add__ = __radd__ = __neg__ = __pos__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _no
    __pow__ = __rpow__ = __eq__ = __trunc__ = __floor__ = __ceil__ = __round__ = __floordiv__ = __rfloordiv__ = _no
    __mod__ = __rmod__ = __lt__ = __le__ = _no


print(float(Half()), complex(Half()), Half().imag)

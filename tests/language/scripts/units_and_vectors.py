# Operator overloading: vectors, fractions by hand, polynomials and matrices.
import math



class Vector:
    __slots__ = ("_parts",)

    def __init__(self, *parts):
        object.__setattr__(self, "_parts", tuple(parts))

    def __setattr__(self, name, value):
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __getattr__(self, name):
        try:
            return self._parts["xyz".index(name)]
        except (ValueError, IndexError):
            raise AttributeError(f"no part {name!r}") from None

    def __iter__(self):
        return iter(self._parts)

    def _same(self, other):
        return isinstance(other, Vector) and len(self._parts) == len(other._parts)

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self, other))) if self._same(other) else NotImplemented

    def __sub__(self, other):
        return self + -other

    def __neg__(self):
        return Vector(*(-a for a in self))

    def __mul__(self, k):
        return Vector(*(a * k for a in self)) if isinstance(k, (int, float)) else NotImplemented

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __abs__(self):
        return math.hypot(*self)

    def __eq__(self, other):
        return self._same(other) and self._parts == other._parts

    def __hash__(self):
        return hash(self._parts)

    def __bool__(self):
        return any(self)

    def __round__(self, n=None):
        return Vector(*(round(a, n) for a in self))

    def __format__(self, spec):
        return "(" + ", ".join(format(a, spec) for a in self) + ")"

    def __repr__(self):
        return f"Vector{self._parts!r}"


class Poly:
    def __init__(self, *coefficients):
        while coefficients and not coefficients[-1]:
            coefficients = coefficients[:-1]
        self.c = coefficients

    def __call__(self, x):
        result = 0
        for c in reversed(self.c):
            result = result * x + c
        return result

    def __add__(self, other):
        if isinstance(other, (int, float)):
            other = Poly(other)
        n = max(len(self.c), len(other.c))
        pad = lambda c: c + (0,) * (n - len(c))
        return Poly(*map(sum, zip(pad(self.c), pad(other.c))))

    __radd__ = __add__

    def __mul__(self, other):
        if not isinstance(other, Poly):
            return Poly(*(c * other for c in self.c))
        out = [0] * (len(self.c) + len(other.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Poly(*out)

    def __pow__(self, n):
        result = Poly(1)
        for _ in range(n):
            result *= self
        return result

    def __str__(self):
        terms = [f"{c:+d}" + ("x" if i else "") + (f"^{i}" if i > 1 else "") for i, c in enumerate(self.c) if c]
        return " ".join(reversed(terms)) or "0"


v, w = Vector(3, 4), Vector(1, -2)
print(v + w, v - w, 2 * v, v * 0.5, v @ w, abs(v), -v, bool(Vector(0, 0)), v == Vector(3, 4), {v: "found"}[Vector(3, 4)])
print(v.x, v.y, f"{v:.2f}", round(Vector(1.256, 2.344), 1), [*v], sum([v, w], Vector(0, 0)))
for bad in (lambda: v + 1, lambda: v * v, lambda: v.z, lambda: setattr(v, "x", 1), lambda: v < w, lambda: v.q):
    try:
        bad()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
p = Poly(1, 1)
print(p ** 4, (p ** 4)(2), p + 5, 3 + p, Poly(), p * 3, Poly(-1, 0, 2), (Poly(-1, 1) * p)(3))
total = Vector(0, 0, 0)
for i in range(3):
    total += Vector(i, i * i, 1)
print(total, divmod(-7, 2), -7 // 2, -7 % 3, 7 % -3, round(2.5), round(3.5), round(-2.675, 2), 2 ** -1, 0.1 + 0.2)

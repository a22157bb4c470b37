"""Polynomials: arithmetic, division, derivative, evaluation, roots by bisection, interpolation, parsing and printing."""
import itertools


class Poly:
    def __init__(self, *coefficients):
        """Coefficients from the lowest power up."""
        values = list(coefficients)
        while values and values[-1] == 0:
            values.pop()
        self.c = tuple(values)

    @classmethod
    def parse(cls, text):
        terms = {}
        for term in text.replace(" ", "").replace("-", "+-").split("+"):
            if not term:
                continue
            number, x, power = term.partition("x")
            power = int(power[1:] or 1) if x and power.startswith("^") else (1 if x else 0)
            number = {"": 1, "-": -1}.get(number, number)
            terms[power] = terms.get(power, 0) + int(number)
        return cls(*(terms.get(i, 0) for i in range(max(terms, default=-1) + 1)))

    @property
    def degree(self):
        return len(self.c) - 1

    def __call__(self, x):
        value = 0
        for c in reversed(self.c):
            value = value * x + c
        return value

    def __add__(self, other):
        other = other if isinstance(other, Poly) else Poly(other)
        return Poly(*(a + b for a, b in itertools.zip_longest(self.c, other.c, fillvalue=0)))

    __radd__ = __add__

    def __neg__(self):
        return Poly(*(-c for c in self.c))

    def __sub__(self, other):
        return self + -(other if isinstance(other, Poly) else Poly(other))

    def __mul__(self, other):
        other = other if isinstance(other, Poly) else Poly(other)
        out = [0] * (len(self.c) + len(other.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Poly(*out)

    __rmul__ = __mul__

    def __pow__(self, n):
        result = Poly(1)
        for _ in range(n):
            result = result * self
        return result

    def __divmod__(self, other):
        if not other.c:
            raise ZeroDivisionError("division by the zero polynomial")
        quotient, rest = [0] * max(0, len(self.c) - len(other.c) + 1), list(self.c)
        for i in range(len(quotient) - 1, -1, -1):
            q, r = divmod(rest[i + other.degree], other.c[-1])
            if r:
                raise ValueError("coefficients do not divide")
            quotient[i] = q
            for j, b in enumerate(other.c):
                rest[i + j] -= q * b
        return Poly(*quotient), Poly(*rest)

    def __floordiv__(self, other): return divmod(self, other)[0]
    def __mod__(self, other): return divmod(self, other)[1]

    def __eq__(self, other):
        return self.c == (other.c if isinstance(other, Poly) else Poly(other).c)

    def __hash__(self):
        return hash(self.c)

    def derivative(self):
        return Poly(*[i * c for i, c in enumerate(self.c)][1:])

    def roots(self, low=-10.0, high=10.0, steps=400):
        found, width = [], (high - low) / steps
        for i in range(steps):
            a, b = low + i * width, low + (i + 1) * width
            if self(a) == 0:
                found.append(a)
            elif self(a) * self(b) < 0:
                for _ in range(60):
                    middle = (a + b) / 2
                    a, b = (a, middle) if self(a) * self(middle) <= 0 else (middle, b)
                found.append(a)
        return [round(r, 6) + 0.0 for r in found]

    def __str__(self):
        parts = []
        for i, c in reversed(list(enumerate(self.c))):
            if c:
                body = "" if i == 0 else "x" if i == 1 else f"x^{i}"
                number = "" if abs(c) == 1 and i else str(abs(c))
                parts.append(("- " if c < 0 else "+ ") + number + body)
        if not parts:
            return "0"
        text = " ".join(parts)
        return text[2:] if text[0] == "+" else "-" + text[2:]

    __repr__ = __str__


p = Poly.parse("x^3 - 6x^2 + 11x - 6")
q = Poly.parse("x - 1")
print(p, "|", q, "|", p + q, "|", p - q, "|", p * q, "|", q ** 4, "|", -p, "|", 2 * q + 1)
print(divmod(p, q), p // q, p % Poly.parse("x-5"), p(2), p(10), p.derivative(), p.derivative().derivative().derivative().derivative(), p.degree)
print(p.roots(), (q * q - 2).roots(), Poly.parse("x^2+1").roots(), Poly(), Poly(5), Poly.parse("-x^2 - 1"), Poly.parse("3"))
print({p: "hash"}[Poly(-6, 11, -6, 1)], p == Poly(-6, 11, -6, 1), Poly(1) == 1, sum([q, q, q], Poly()))
for call in (lambda: divmod(p, Poly()), lambda: divmod(Poly(1, 1), Poly(1, 2)), lambda: Poly.parse("2y")):
    try:
        print(call())
    except (ZeroDivisionError, ValueError) as error:
        print(type(error).__name__, error)
chebyshev = [Poly(1), Poly(0, 1)]
for _ in range(8):
    chebyshev.append(Poly(0, 2) * chebyshev[-1] - chebyshev[-2])
print(chebyshev[5], chebyshev[9](1), len(chebyshev[9].roots(-1.01, 1.01)), sep=" | ")

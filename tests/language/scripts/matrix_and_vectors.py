"""Matrices with operators: product, power, determinant, inverse and Gauss elimination with exact fractions of ints."""
from math import gcd


class Fraction:
    __slots__ = ("n", "d")

    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        if d < 0:
            n, d = -n, -d
        g = gcd(n, d)
        self.n, self.d = n // g, d // g

    @staticmethod
    def of(x):
        return x if isinstance(x, Fraction) else Fraction(x)

    def __add__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    def __sub__(self, o):
        return self + -Fraction.of(o)

    def __neg__(self):
        return Fraction(-self.n, self.d)

    def __mul__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.n, self.d * o.d)

    def __truediv__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d, self.d * o.n)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, o):
        return -self + o

    def __eq__(self, o):
        return isinstance(o, (Fraction, int)) and self.n == Fraction.of(o).n and self.d == Fraction.of(o).d

    def __lt__(self, o):
        return self.n * Fraction.of(o).d < Fraction.of(o).n * self.d

    def __bool__(self):
        return self.n != 0

    def __repr__(self):
        return str(self.n) if self.d == 1 else f"{self.n}/{self.d}"


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(Fraction.of, row)) for row in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("rows of different lengths")

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __add__(self, other):
        return Matrix([a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows))

    def __mul__(self, k):
        return Matrix([x * k for x in row] for row in self.rows)

    __rmul__ = __mul__

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([sum((a * b for a, b in zip(row, c)), Fraction(0)) for c in columns] for row in self.rows)

    def __pow__(self, n):
        if n < 0:
            return self.inverse() ** -n
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base, n = base @ base, n >> 1
        return result

    def __getitem__(self, key):
        if isinstance(key, tuple):
            return self.rows[key[0]][key[1]]
        return self.rows[key]

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def eliminate(self):
        rows, sign, pivots = [r[:] for r in self.rows], 1, []
        row = 0
        for column in range(self.shape[1]):
            pivot = next((r for r in range(row, len(rows)) if rows[r][column]), None)
            if pivot is None:
                continue
            if pivot != row:
                rows[row], rows[pivot], sign = rows[pivot], rows[row], -sign
            for r in range(len(rows)):
                if r != row and rows[r][column]:
                    factor = rows[r][column] / rows[row][column]
                    rows[r] = [a - factor * b for a, b in zip(rows[r], rows[row])]
            pivots.append(rows[row][column])
            row += 1
            if row == len(rows):
                break
        return rows, sign, pivots

    def determinant(self):
        _, sign, pivots = self.eliminate()
        if len(pivots) < len(self.rows):
            return Fraction(0)
        product = Fraction(sign)
        for p in pivots:
            product = product * p
        return product

    def inverse(self):
        n = len(self.rows)
        rows, _, pivots = Matrix(r + e for r, e in zip(self.rows, Matrix.identity(n).rows)).eliminate()
        if not self.determinant():
            raise ZeroDivisionError("singular matrix")
        return Matrix([x / row[i] for x in row[n:]] for i, row in enumerate(rows))

    def __repr__(self):
        cells = [[repr(x) for x in row] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*cells)]
        return "\n".join("[" + " ".join(c.rjust(w) for c, w in zip(row, widths)) + "]" for row in cells)


a = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
b = Matrix([[1, 2], [3, 4], [5, 6]])
print(a @ b, a.determinant(), a.inverse(), a @ a.inverse() == Matrix.identity(3), sep="\n")
print(a ** 3, (a + a.T) * Fraction(1, 2) == a, 2 * b, b.T.shape, a[1, 2], a[0], sep="\n")
print(Matrix([[1, 1], [1, 0]]) ** 90, Matrix([[1, 2], [2, 4]]).determinant())
for call in (lambda: b @ a, lambda: Matrix([[1, 2], [2, 4]]) ** -1, lambda: Matrix([[1], [2, 3]]), lambda: Fraction(1, 0)):
    try:
        print(call())
    except (ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)

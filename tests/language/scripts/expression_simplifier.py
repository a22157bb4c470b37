"""Symbolic expressions: operators build trees, match simplifies them, derivatives, printing with few brackets."""


class Expr:
    def __add__(self, o): return Add(self, lift(o))
    def __radd__(self, o): return Add(lift(o), self)
    def __mul__(self, o): return Mul(self, lift(o))
    def __rmul__(self, o): return Mul(lift(o), self)
    def __sub__(self, o): return Add(self, Mul(Num(-1), lift(o)))
    def __rsub__(self, o): return lift(o) - self
    def __pow__(self, o): return Pow(self, lift(o))
    def __neg__(self): return Mul(Num(-1), self)

    def __init__(self, *args):
        for name, value in zip(self.__match_args__, args, strict=True):
            setattr(self, name, value)

    def parts(self):
        return tuple(getattr(self, n) for n in self.__match_args__)

    def __eq__(self, o):
        return type(self) is type(o) and self.parts() == o.parts()

    def __hash__(self):
        return hash((type(self).__name__, self.parts()))

    def __repr__(self):
        return show(self)


class Num(Expr): __match_args__ = ("value",)
class Var(Expr): __match_args__ = ("name",)
class Add(Expr): __match_args__ = ("left", "right")
class Mul(Expr): __match_args__ = ("left", "right")
class Pow(Expr): __match_args__ = ("base", "exponent")


class Call(Expr):
    __match_args__ = ("function", "argument")


def lift(x):
    return x if isinstance(x, Expr) else Num(x)


def show(e, level=0):
    match e:
        case Num(value=v) if v < 0 and level > 0:
            return f"({v})"
        case Num(v):
            return str(v)
        case Var(n):
            return n
        case Add(a, Mul(Num(-1), b)):
            text, own = f"{show(a, 1)} - {show(b, 2)}", 1
        case Add(a, b):
            text, own = f"{show(a, 1)} + {show(b, 1)}", 1
        case Mul(Num(-1), b):
            text, own = f"-{show(b, 2)}", 2
        case Mul(a, b):
            text, own = f"{show(a, 2)}*{show(b, 2)}", 2
        case Pow(a, b):
            text, own = f"{show(a, 4)}^{show(b, 3)}", 3
        case Call(f, a):
            return f"{f}({show(a)})"
    return f"({text})" if own < level else text


def simplify(e):
    match e:
        case Add(a, b):
            a, b = simplify(a), simplify(b)
            match a, b:
                case Num(x), Num(y):
                    return Num(x + y)
                case (Num(0), other) | (other, Num(0)):
                    return other
                case x, Num():
                    return simplify(Add(b, x))
                case Num(x), Add(Num(y), rest):
                    return simplify(Add(Num(x + y), rest))
                case x, y if x == y:
                    return simplify(Mul(Num(2), x))
                case Mul(Num(m), x), Mul(Num(n), y) if x == y:
                    return simplify(Mul(Num(m + n), x))
                case (Mul(Num(m), x), y) | (y, Mul(Num(m), x)) if x == y:
                    return simplify(Mul(Num(m + 1), x))
            return Add(a, b)
        case Mul(a, b):
            a, b = simplify(a), simplify(b)
            match a, b:
                case Num(x), Num(y):
                    return Num(x * y)
                case (Num(0), _) | (_, Num(0)):
                    return Num(0)
                case (Num(1), other) | (other, Num(1)):
                    return other
                case x, Num():
                    return simplify(Mul(b, x))
                case Num(x), Mul(Num(y), rest):
                    return simplify(Mul(Num(x * y), rest))
                case Pow(x, Num(m)), Pow(y, Num(n)) if x == y:
                    return simplify(Pow(x, Num(m + n)))
                case (Pow(x, Num(m)), y) | (y, Pow(x, Num(m))) if x == y:
                    return simplify(Pow(x, Num(m + 1)))
                case x, y if x == y:
                    return Pow(x, Num(2))
            return Mul(a, b)
        case Pow(a, b):
            a, b = simplify(a), simplify(b)
            match a, b:
                case _, Num(0):
                    return Num(1)
                case x, Num(1):
                    return x
                case Num(x), Num(y) if y >= 0:
                    return Num(x ** y)
                case Pow(x, Num(m)), Num(n):
                    return simplify(Pow(x, Num(m * n)))
            return Pow(a, b)
        case Call(f, a):
            return Call(f, simplify(a))
    return e


def derive(e, name):
    match e:
        case Num():
            return Num(0)
        case Var(n):
            return Num(int(n == name))
        case Add(a, b):
            return derive(a, name) + derive(b, name)
        case Mul(a, b):
            return derive(a, name) * b + a * derive(b, name)
        case Pow(a, Num(n)):
            return n * a ** (n - 1) * derive(a, name)
        case Call("sin", a):
            return Call("cos", a) * derive(a, name)
        case Call("cos", a):
            return -Call("sin", a) * derive(a, name)
        case Call("exp", a):
            return e * derive(a, name)
    raise ValueError(f"cannot derive {e}")


x, y = Var("x"), Var("y")
for e in (x + 0, 1 * x, x * x * x, 2 * x + 3 * x, x + x, (x + 1) * (x - 1), 0 * x + y, (x ** 2) ** 3, 2 * (3 * (x * 4)), 1 + (x + 2), -(-x), x ** 0 + x ** 1, Num(2) ** 10, (x + y) ** 2, x - x, Pow(Num(2), x), Call("sin", 0 * x)):
    print(f"{e!r:<28} -> {simplify(e)}")
for e in (x ** 3 + 2 * x ** 2 - x + 7, (x + 1) * (x + 2), Call("sin", x ** 2), Call("exp", 3 * x) * x, (2 * x + 1) ** 4):
    print(f"d({e}) = {simplify(derive(e, 'x'))}")
try:
    derive(Pow(Num(2), x), "x")
except ValueError as error:
    print(error)
print(len({x + y, x + y, y + x}), x + 1 == x + 1, Add.__match_args__)

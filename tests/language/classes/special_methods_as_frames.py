"""Operators, subscripts, truth and iteration of the program's classes, at sites that meet every kind of operand."""
import sys


class Vector:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"V({self.x})"

    def __add__(self, other):
        return Vector(self.x + other.x) if isinstance(other, Vector) else NotImplemented

    def __radd__(self, other):
        return f"radd({other!r})"

    def __iadd__(self, other):
        if other == 0:
            return NotImplemented
        self.x += 100
        return self

    def __mul__(self, other):
        return Vector(self.x * other)

    def __rmul__(self, other):
        return NotImplemented if other == 1.5 else ("rmul", other)

    def __neg__(self):
        return Vector(-self.x)

    def __lt__(self, other):
        return NotImplemented if isinstance(other, str) else self.x < other.x

    def __eq__(self, other):
        return "maybe" if other is None else NotImplemented

    def __hash__(self):
        return 1


class Child(Vector):
    def __radd__(self, other):
        return f"child first({other!r})"

    def __gt__(self, other):
        return "child asked first"


class Right:
    def __radd__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return "rsub"

    def __gt__(self, other):
        return "right gt"


def attempt(f, *args):
    try:
        return f(*args)
    except (TypeError, ZeroDivisionError, KeyError, IndexError, AttributeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def add(a, b):
    return a + b


def iadd(a, b):
    a += b
    return a


def mul(a, b):
    return a * b


def less(a, b):
    return a < b


def less_jump(a, b):
    return "yes" if a < b else "no"


def not_equal_jump(a, b):
    if a != b:
        return "differ"
    return "same"


def negative(a):
    return -a


operands = [Vector(1), 2, Child(3), 1.5, "s", Right(), None, [4], (5,), Vector(6), 2**70, True]
for left in operands:
    for right in operands:
        if type(left).__name__ in ("Vector", "Child", "Right") or type(right).__name__ in ("Vector", "Child", "Right"):
            line = [attempt(f, left, right) for f in (add, mul, less, less_jump, not_equal_jump)]
            print(*[str(cell).split(" object at")[0] for cell in line], sep=" | ")
print(attempt(iadd, Vector(1), 5), attempt(iadd, Vector(1), 0), attempt(iadd, Vector(1), Vector(0)), attempt(iadd, 3, Vector(1)))
print(negative(Vector(4)), attempt(negative, "x"), 7 - Right(), attempt(lambda: Right() - 7))
print(Vector(1) == None, Vector(1) != None, Vector(1) == 5)


class Box:
    def __init__(self, **items):
        self.items = items

    def __getitem__(self, key):
        return self.items[key]

    def __setitem__(self, key, value):
        self.items[key] = value
        return "ignored"

    def __delitem__(self, key):
        del self.items[key]

    def __contains__(self, key):
        return self.items.get(key)

    def __len__(self):
        return len(self.items)


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        if self.n == 50:
            raise ValueError("fifty")
        return self.n


class NotIterator:
    def __iter__(self):
        return 5


class Fresh:
    def __iter__(self):
        yield 1
        yield 2


def subscripts(box):
    out = [box["a"]]
    box["b"] = 2
    box["a"] += 10
    del box["b"]
    return out + [box["a"], "a" in box, "z" in box, "z" not in box, attempt(lambda: box["z"])]


def truths(v):
    return ("t" if v else "f"), not v, (v and 1) is v, bool(v)


def loop(iterable):
    out = []
    for item in iterable:
        if item == 7:
            continue
        out.append(item)
    else:
        out.append("end")
    return out


for _ in range(3):
    print(subscripts(Box(a=1)))
    print(subscripts({"a": 1}))
    print(truths(Truth(True)), truths(Truth(False)), truths(Box()), truths(Box(x=1)), truths(1))
    print(attempt(truths, Truth(3)), attempt(truths, Truth(None)))
    print(loop(Countdown(9)), loop([1, 7]), attempt(loop, Countdown(52)), attempt(loop, NotIterator()), loop(Fresh()), attempt(loop, 5))

print([[b for b in Countdown(a)] for a in Countdown(4)], dict(zip(Countdown(3), "abc")))


class Failing:
    def __add__(self, other):
        return 1 / 0

    def __getitem__(self, key):
        raise KeyError(key)

    def __next__(self):
        raise KeyError("next")

    def __iter__(self):
        return self

    def __bool__(self):
        raise ValueError("no truth")


def where(f):
    try:
        f()
    except Exception as error:
        tb, lines = error.__traceback__, []
        while tb:
            lines.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        return type(error).__name__, lines


print(where(lambda: Failing() + 1), where(lambda: Failing()[3]), where(lambda: loop(Failing())), where(lambda: truths(Failing())))


class Deep:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Deep(self.n - 1) + other if self.n else sys._getframe(1).f_code.co_name

    def __lt__(self, other):
        return self < other


print(Deep(300) + 1)
try:
    Deep(0) < 1
except RecursionError as error:
    print(str(error)[:32])


class Base:
    def hello(self, *rest):
        return ["base", *rest]

    @classmethod
    def make(cls):
        return cls.__name__

    @property
    def prop(self):
        return "base prop"


class Middle(Base):
    def hello(self, *rest):
        return ["middle", *super().hello(*rest)]

    @classmethod
    def make(cls):
        return "middle " + super().make()

    @property
    def prop(self):
        return "middle " + super().prop

    def missing(self):
        return super().missing()

    def captured(self):
        return [super().hello(n) for f in [lambda: self] for n in [f() is self]] if False else (lambda: self)() is self and super().hello()

    def rebound(self):
        self = Leaf()
        return super().hello()


class Side(Base):
    def hello(self, *rest):
        return ["side", *super().hello(*rest)]


class Leaf(Middle, Side):
    def hello(self, *rest):
        first = super()
        return ["leaf", *first.hello(*rest)]


for _ in range(3):
    print(Middle().hello(1), Leaf().hello(2), Leaf.make(), Middle().prop, attempt(Middle().missing), Middle().captured(), Middle().rebound())
Base.hello = lambda self, *rest: ["changed"]
print(Middle().hello(1), Leaf().hello(2))

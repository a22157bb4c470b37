def forever(n): return forever(n + 1)


def mutual_a(): return mutual_b()
def mutual_b(): return mutual_a()


class C:
    def method(self): return self.method()
    def __getattr__(self, name): return getattr(self, name + "x")
    @property
    def p(self): return self.p


class Init:
    def __init__(self): Init()


class Call:
    def __call__(self): return self()


def gen(): yield from gen()


for f in (lambda: forever(0), mutual_a, C().method, lambda: C().zz, lambda: C().p, Init, Call(), lambda: list(gen()), lambda: (lambda g: g(g))(lambda g: g(g)), lambda: sorted([1, 2], key=forever), lambda: list(map(forever, [1]))):
    try:
        f()
        print("no error")
    except RecursionError as e:
        print(type(e).__name__, str(e).startswith("maximum recursion depth exceeded"))
print("alive", forever.__name__)

# Closures, nonlocal, late binding, defaults, star arguments, comprehension scopes, walrus, del.
x = "module"


def counter(start=0, *, step=1):
    count = start

    def increment(by=None):
        nonlocal count
        count += step if by is None else by
        return count

    def reset():
        nonlocal count
        count, before = start, count
        return before

    increment.reset = reset
    return increment


def late():
    return [lambda: i for i in range(3)], [lambda i=i: i for i in range(3)]


def scopes():
    x = "function"

    class Inner:
        y = x
        x = "class"
        z = [x for _ in range(1)]

        def method(self):
            return x
    return Inner.y, Inner.x, Inner.z, Inner().method()


def accumulate(item, into=[]):
    into.append(item)
    return into


def signature(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs


def unbound():
    try:
        print(later)
    except UnboundLocalError as error:
        print(error)
    later = 1
    del later
    try:
        later
    except NameError as error:
        print(type(error).__name__, error)


c, d = counter(), counter(10, step=5)
print(c(), c(), c(10), d(), d(), c.reset(), c(), d.reset(), [cell.cell_contents for cell in d.__closure__][:1])
a, b = late()
print([f() for f in a], [f() for f in b])
print(scopes(), x)
print(accumulate(1), accumulate(2), accumulate(3, []), accumulate.__defaults__)
print(signature(1, d=4), signature(1, 2, 3, 4, 5, d=6, f=7), signature(*range(5), **{"d": 0, "a": 9}))
for call in ("signature()", "signature(1)", "signature(a=1, d=2)", "signature(1, d=1, **{'d': 2})", "counter(1, 2)", "counter(stop=1)"):
    try:
        eval(call)
    except TypeError as error:
        print(call, "->", error)
unbound()
if (n := len("walrus")) > 5 and any((hit := w).startswith("b") for w in ["abc", "bcd", "cde"]):
    print(n, hit)
print([y := 1, y ** 2], [last := k for k in range(3)], last, {(k, v) for k, v in zip("ab", (1, 2))} == {("a", 1), ("b", 2)})
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], {k: [j for j in range(k) if j % 2] for k in range(4)})
compose = lambda *fs: (lambda v: compose(*fs[:-1])(fs[-1](v)) if fs else v)
print(compose(str, lambda v: v + 1, int)("41"), (lambda *a, **k: (a, k))(1, b=2))


def global_writer():
    global x, fresh
    x, fresh = "changed", "made"


global_writer()
print(x, fresh, "fresh" in globals(), "fresh" in dir())
first, *middle, (inner, *_), last = 1, 2, 3, (4, 5), 6
print(first, middle, inner, _, last)

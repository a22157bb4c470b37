def g(a, b=2, *c, d=4, **e):
    yield a, b, c, d, e


print(list(g(1)), list(g(1, 3, 5, d=6, z=7)))
try:
    g()
except TypeError as error:
    print(error)


class C:
    def __iter__(self):
        yield from self.items

    def __init__(self, *items):
        self.items = items

    @property
    def evens(self):
        return (x for x in self if x % 2 == 0)

    @staticmethod
    def s():
        yield "static"

    @classmethod
    def c(cls):
        yield cls.__name__


c = C(1, 2, 3, 4)
print(list(c), list(c.evens), *C.s(), *C.c(), max(c), sorted(c, reverse=True))
a, *b = c
print(a, b, 3 in c)

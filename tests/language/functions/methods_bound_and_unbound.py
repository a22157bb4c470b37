class C:
    def m(self, x=0):
        return (self.name, x)

    name = "class"

    @classmethod
    def cm(cls, *a):
        return cls.__name__, a

    @staticmethod
    def sm(*a):
        return a


c = C()
c.name = "instance"
m = c.m
print(m(1), C.m(c, 2), m.__self__ is c, m.__func__ is C.m, m.__name__)
print(c.m == c.m, c.m is c.m, hash(c.m) == hash(c.m), c.m == C().m)
print(C.cm(1), c.cm(2), C.sm(1), c.sm(2), C.cm.__self__ is C)
c.attached = lambda *a: a
print(c.attached(1))
C.added = lambda self, x: (self is c, x)
print(c.added(5))
for call in (lambda: C.m(), lambda: c.m(1, 2), lambda: c.m(y=1), lambda: m.zz):
    try:
        call()
    except (TypeError, AttributeError) as error:
        print(error)
bound = type(c.m)(lambda self, a: (self, a), 7)
print(bound(8), bound.__self__)
print([].append.__self__, "abc".upper.__name__, len.__name__, len.__self__.__name__)
print(list(map("a-b".split, "-")), list(map(str.upper, "ab")))

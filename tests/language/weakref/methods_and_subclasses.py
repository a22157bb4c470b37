import weakref


class C:
    def m(self): return "m"


c = C()
m = weakref.WeakMethod(c.m)
print(m()(), m() == c.m, weakref.ref(c) is weakref.ref(c), weakref.ref(c, print) is weakref.ref(c), len({weakref.ref(c), weakref.ref(c)}))


class Named(weakref.ref):
    def __new__(cls, target, name):
        return super().__new__(cls, target)

    def __init__(self, target, name):
        super().__init__(target)
        self.name = name


n = Named(c, "tag")
print(n() is c, n.name, isinstance(n, weakref.ref), weakref.getweakrefcount(c) >= 2)


def f(): pass


class L(list): pass
class D(dict): pass


print([weakref.ref(x)() is x for x in (f, C, L(), D(), len, (y for y in []), c.m.__func__, frozenset([1]))].count(True) >= 6)
p = weakref.proxy(c)
print(p.m(), isinstance(p, C), type(p).__name__)
p.x = 5
print(c.x)

class Base:
    x = "base x"

    def __init__(self, *args):
        print("Base", args)

    def m(self):
        return "Base.m"

    @classmethod
    def c(cls):
        return "Base.c " + cls.__name__

    @property
    def p(self):
        return "Base.p"


class Derived(Base):
    x = "derived x"

    def __init__(self, a, b):
        super().__init__(a)
        super(Derived, self).__init__(b)

    def m(self):
        return super().m() + "+" + super().x

    @classmethod
    def c(cls):
        return super().c()

    @property
    def p(self):
        return super().p + "!"


d = Derived(1, 2)
print(d.m(), Derived.c(), d.p)
s = super(Derived, d)
print(s.m(), s.__thisclass__.__name__, s.__self_class__.__name__, s.__self__ is d)
try:
    s.nothing
except AttributeError as error:
    print(error)
try:
    super(Derived, 5).x
except TypeError as error:
    print(error)


def outside(self):
    return super().m()


try:
    outside(d)
except RuntimeError as error:
    print(error)


class Comprehends(Base):
    def m(self):
        return [f() for f in [super().m]]


print(Comprehends().m())

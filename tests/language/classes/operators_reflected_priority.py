class Base:
    def __add__(self, other): return f"Base.add"
    def __radd__(self, other): return f"Base.radd"


class Derived(Base):
    def __radd__(self, other): return f"Derived.radd"


class DerivedNoOverride(Base):
    pass


print(Base() + Derived(), Derived() + Base(), Base() + DerivedNoOverride(), 1 + Derived())


class Refuses:
    def __init__(self, log): self.log = log

    def __mul__(self, other):
        self.log.append("mul")
        return NotImplemented

    def __rmul__(self, other):
        self.log.append("rmul")
        return NotImplemented


log = []
for expression in (lambda: Refuses(log) * Refuses(log), lambda: Refuses(log) * 2, lambda: 2 * Refuses(log)):
    try:
        expression()
    except TypeError as error:
        print(error, log)
    log.clear()


class MyInt(int):
    def __radd__(self, other): return "subclass first"
    def __add__(self, other): return "left"


print(1 + MyInt(2), MyInt(1) + 2, MyInt(1) + MyInt(2))


class OnlyInstance: pass


o = OnlyInstance()
o.__add__ = lambda other: "ignored"
try:
    o + 1
except TypeError as error:
    print(error)

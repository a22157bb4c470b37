class A:
    def who(self): return "A"


class B:
    def who(self): return "B"


x = A()
x.v = 1
x.__class__ = B
print(x.who(), x.v, type(x) is B, isinstance(x, B))
x.__dict__ = {"w": 2}
print(x.w, hasattr(x, "v"))
x.__dict__["dynamic"] = 3
print(x.dynamic, x.__dict__)
for action in ("x.__dict__ = 5", "x.__class__ = int", "x.__class__ = 5", "(5).__class__ = B", "int.x = 1", "A.__dict__['q'] = 1", "A.__name__ = 3", "A.__bases__ = 5", "del A.__name__"):
    try:
        exec(action)
    except (TypeError, AttributeError) as error:
        print(action, "->", type(error).__name__, error)
A.__name__ = "Renamed"
print(A)


class S1:
    __slots__ = ("a",)


class S2:
    __slots__ = ("a",)


class S3:
    __slots__ = ("b",)


s = S1()
s.a = 1
s.__class__ = S2
print(s.a)
try:
    s.__class__ = S3
except TypeError as error:
    print(error)


class Base1:
    def hello(self): return "base1"


class Base2:
    def hello(self): return "base2"


class Child(Base1): pass


c = Child()
print(c.hello())
Child.__bases__ = (Base2,)
print(c.hello(), Child.__mro__[1].__name__)

class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = Point(1, 2)
print(p.x, p.y, Point.__slots__, hasattr(p, "__dict__"))
for action in ("p.z = 1", "p.__dict__", "del p.x; p.x"):
    try:
        exec(action)
    except AttributeError as error:
        print(error)
print(type(Point.x).__name__)


class Named(Point):
    __slots__ = ["name"]


n = Named(1, 2)
n.name = "n"
print(n.x, n.name)
try:
    n.other = 1
except AttributeError as error:
    print(error)


class Open(Point):
    pass


o = Open(5, 6)
o.extra = 7
print(o.__dict__, o.x)


class WithDict:
    __slots__ = ("a", "__dict__")


w = WithDict()
w.a, w.b = 1, 2
print(w.__dict__, w.a)
try:
    class Clash:
        __slots__ = ("v",)
        v = 1
except ValueError as error:
    print(error)
try:
    class Bad:
        __slots__ = ("not valid",)
except TypeError as error:
    print(error)
try:
    class Two(Point, WithDict): pass
except TypeError as error:
    print(error)


class Private:
    __slots__ = ("__hidden",)

    def __init__(self): self.__hidden = 3


print(Private()._Private__hidden)


class One:
    __slots__ = "single"


One().single = 1

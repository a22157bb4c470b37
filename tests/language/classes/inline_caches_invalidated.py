# The same code sees attributes move between class, instance and base: every change must be seen at once.
class Base:
    def m(self): return "base"


class C(Base):
    pass


def call(o): return o.m()
def get(o): return o.v


c = C()
print([call(c) for _ in range(20)][-1])
Base.m = lambda self: "base changed"
print(call(c))
C.m = lambda self: "class"
print(call(c))
c.m = lambda: "instance"
print(call(c))
del c.m
print(call(c))
del C.m
print(call(c))
C.v = 1
print([get(c) for _ in range(20)][-1])
c.v = 2
print(get(c))
C.v = property(lambda self: "property")
print(get(c))
del C.v
print(get(c))


def glob(): return setting


setting = 1
print([glob() for _ in range(20)][-1])
setting = 2
print(glob())
del setting
try:
    glob()
except NameError as error:
    print(error)
len_before = [len("ab") for _ in range(20)][-1]
len = lambda x: "shadowed"
print(len_before, len("ab"))
del len
print(len("ab"))


def add(a, b): return a + b


print([add(i, i) for i in range(20)][-1], add("a", "b"), add(1.5, 2), add([1], [2]), add(10 ** 30, 1), add(True, True))

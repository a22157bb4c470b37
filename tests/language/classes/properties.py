class Celsius:
    def __init__(self, t):
        self._t = t

    @property
    def t(self):
        "The temperature."
        return self._t

    @t.setter
    def t(self, value):
        if value < -273:
            raise ValueError("below zero")
        self._t = value

    @t.deleter
    def t(self):
        print("deleted")
        self._t = 0

    @property
    def f(self):
        return self._t * 9 / 5 + 32

    f2 = property(lambda self: self.f + 1, doc="plus one")


c = Celsius(10)
c.t = 20
c.t += 5
print(c.t, c.f, c.f2, Celsius.t.__doc__, Celsius.f2.__doc__)
del c.t
print(c.t)
for action in ("c.t = -300", "c.f = 1", "del c.f", "c.f2 = 3"):
    try:
        exec(action)
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
print(type(Celsius.t).__name__, Celsius.t.fget(c))
c.__dict__["t"] = "hidden by the property"
print(c.t)


class W:
    def __init__(self): self.log = []
    @property
    def only_set(self): raise AttributeError("inner")
    @only_set.setter
    def only_set(self, v): self.log.append(v)


w = W()
w.only_set = 4
print(w.log)
try:
    w.only_set
except AttributeError as error:
    print(error)

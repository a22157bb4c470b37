class Logged:
    def __init__(self):
        object.__setattr__(self, "log", [])

    def __getattribute__(self, name):
        log = object.__getattribute__(self, "log")
        log.append(("get", name))
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        object.__getattribute__(self, "log").append(("set", name, value))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        object.__getattribute__(self, "log").append(("del", name))
        super().__delattr__(name)


x = Logged()
x.a = 1
x.a += 1
del x.a
try:
    x.a
except AttributeError as error:
    print(error)
print(object.__getattribute__(x, "log"))


class Proxy:
    def __init__(self, target):
        self.__dict__["_target"] = target

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)

    def __dir__(self):
        return ["one", "two"]


class T:
    pass


t = T()
p = Proxy(t)
p.v = 5
print(t.v, p.v, dir(p), vars(p) == {"_target": t})
try:
    p.nope
except AttributeError as error:
    print(error)


class Fallback:
    def __getattribute__(self, name):
        raise AttributeError("never there")

    def __getattr__(self, name):
        return name * 2


print(Fallback().ab)

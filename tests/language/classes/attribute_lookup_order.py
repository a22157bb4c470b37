class Data:
    def __get__(self, i, o): return "data descriptor"
    def __set__(self, i, v): pass


class Non:
    def __get__(self, i, o): return "non-data descriptor"


class C:
    d = Data()
    n = Non()
    plain = "class value"

    def __getattr__(self, name):
        return f"getattr {name}"


c = C()
c.__dict__.update(d="instance d", n="instance n", plain="instance plain")
print(c.d, c.n, c.plain, c.other, sep=", ")
del c.__dict__["n"], c.__dict__["plain"]
print(c.n, c.plain)
print(hasattr(c, "anything"), getattr(c, "zz", "default"))
print(hasattr(C, "anything"), getattr(C, "zz", "default"))


class Strict:
    @property
    def broken(self):
        raise AttributeError("inside the property")

    def __getattr__(self, name):
        return f"fallback for {name}"


print(Strict().broken)

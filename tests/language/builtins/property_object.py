class C:
    def __init__(self): self._v = 1
    def get(self): "getter doc"; return self._v
    def set(self, v): self._v = v
    def delete(self): self._v = None
    v = property(get, set, delete)
    w = property(get, doc="own doc")
    nothing = property()
    only_set = property(None, set)


c = C()
c.v = 5
print(c.v, C.v.__doc__, C.w.__doc__, C.v.fget is C.get, C.w.fset)
del c.v
print(c.v)
for source in ("c.w = 1", "del c.w", "c.nothing", "c.nothing = 1", "c.only_set", "c.v.x", "C.v.fget = 1"):
    try:
        exec(source)
    except AttributeError as e:
        print(source, "->", e)
v2 = C.v.getter(lambda self: "replaced")
C.v = v2
print(c.v, type(v2).__name__)

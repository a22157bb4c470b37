class Lower(dict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __contains__(self, k): return super().__contains__(k.lower())


d = Lower()
d["ABC"] = 1
d.update({"DEF": 2})
print(d, d["abc"], d["Abc"], "ABC" in d, dict(d), list(d), d.get("ABC"))
d2 = Lower(XYZ=1)
print(d2)


class Counting(dict):
    def __missing__(self, k): return 0


c = Counting()
for ch in "mississippi":
    c[ch] += 1
print(dict(sorted(c.items())))
try:
    Lower()["q"]
except KeyError as error:
    print(repr(error))


class Ordered(dict):
    def __iter__(self): return iter(sorted(super().keys()))
    def keys(self): return "own keys"


o = Ordered(b=1, a=2)
print(list(o), o.keys(), len(o), o)

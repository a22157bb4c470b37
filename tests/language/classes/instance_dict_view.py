class C:
    z = 0

    def __init__(self):
        self.a = 1
        self.b = 2


c = C()
d = c.__dict__
d["c"] = 3
c.d = 4
print(d, list(d), c.c, len(d))
del d["a"]
print(hasattr(c, "a"), d, "b" in d)
d.clear()
print(vars(c), c.z)
c.__dict__.update({"x": 1, "y": 2})
print(c.x + c.y, d.pop("x"), sorted(d), hasattr(c, "x"))
for i in range(100):
    setattr(c, f"n{i}", i)
print(len(c.__dict__), c.n57, sum(v for k, v in vars(c).items() if k[0] == "n"))
c.__dict__["not an identifier"] = 1
print(getattr(c, "not an identifier"))
k = C()
print(k.__dict__ == {"a": 1, "b": 2}, k.__dict__ is k.__dict__)
c2 = C()
c2.__dict__[5] = "int key"
print(c2.__dict__)

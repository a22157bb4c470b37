def init(self, n): self.n = n


T = type("T", (), {"__init__": init, "double": lambda self: self.n * 2, "__doc__": "made", "__module__": "here"})
print(T, T(4).double(), T.__doc__, T.__name__, T.__module__)
U = type("U", (T,), dict(triple=property(lambda self: self.n * 3)))
print(U(5).triple, U(1).double(), U.__mro__[1] is T)
for call in (lambda: type("X", (1,), {}), lambda: type(1, (), {}), lambda: type("X", [], {}), lambda: type("X", (), []), lambda: type("a\0b", (), {})):
    try:
        call()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(5), type(None), type(type), type(...), type(len), type(lambda: 0), type([].append), type(T.__init__), type(type(1)))
print(type(x for x in []), type({}.keys()), type(iter([])), type(iter({})), type(zip()), type(range(0)), type(str.join), type(int.__add__), type(dict.fromkeys))

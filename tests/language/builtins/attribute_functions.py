class C:
    x = 1

    def __init__(self): self.y = 2

    @property
    def bad(self): raise ValueError("in the property")


c = C()
print(getattr(c, "x"), getattr(c, "zz", "d"), hasattr(c, "y"), hasattr(c, "zz"), setattr(c, "new", 5), c.new, delattr(c, "new"), hasattr(c, "new"), vars(c))
for call in (lambda: getattr(c, "zz"), lambda: delattr(c, "zz"), lambda: getattr(c, 5), lambda: hasattr(c, 5), lambda: setattr(c, 5, 5), lambda: hasattr(c, "bad"), lambda: getattr(c, "bad", 1), lambda: setattr(5, "x", 1), lambda: setattr(C, "x", 10), lambda: delattr(C, "x"), lambda: C().x, lambda: getattr([], "append")(1), lambda: vars(5), lambda: setattr(object(), "a", 1), lambda: setattr(len, "a", 1)):
    try:
        print(call())
    except (AttributeError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
print([n for n in dir(c) if not n.startswith("__")], sorted(vars(C))[-2:], "append" in dir([]), dir.__name__, callable(c), callable(C), callable(len), callable(lambda: 0), id(c) == id(c), id(c) != id(C()))

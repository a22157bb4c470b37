class Row:
    def __init__(self, n): self.data = list(range(n))
    def __len__(self): return len(self.data)
    def __getitem__(self, i):
        if isinstance(i, slice):
            return ("slice", i.start, i.stop, i.step)
        return self.data[i]
    def __setitem__(self, i, v): self.data[i] = v
    def __delitem__(self, i): del self.data[i]
    def __contains__(self, x): print("contains", x); return x in self.data
    def __reversed__(self): return iter("reversed")


r = Row(4)
print(len(r), r[1], r[-1], r[1:3], r[::2], 2 in r, 9 not in r, list(r), "".join(reversed(r)), bool(Row(0)))
r[0] = "zero"
del r[1]
print(list(r), max(r.data[1:]))


class OldStyle:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * 10


o = OldStyle()
print(list(o), 20 in o, 5 in o, [*o], tuple(zip(o, o)))
for source in ("len(o)", "o[0] = 1", "del o[0]", "reversed(o)", "int(5)[0]", "print()[1]", "len(5)", "1 in 5", "object()[0]", "o()", "(1).x", "len(r, r)"):
    try:
        print(eval(source) if "=" not in source and "del" not in source else exec(source))
    except TypeError as error:
        print(source, "->", error)
    except AttributeError as error:
        print(source, "->", error)


class BadLen:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n


for n in (-1, "x", 1.5, 2 ** 70):
    try:
        len(BadLen(n))
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)

a = [1, "two", 3.0, None, [4], (5,), {6: "six"}]
print(a, str(a) == repr(a))
a = [1]
a.append(a)
print(a, len(a), a[1][1][1] is a)
d = {"self": a}
d["d"] = d
a.append(d)
print(a)
t = ([],)
t[0].append(t)
print(t)
b = [b"bytes", 1j, True, ..., range(3), "q'uote", int]
print(b)


class R:
    def __init__(self): self.items = [self]
    def __repr__(self): return "R()"


print([R(), [R()]])

a = [3, 1, 2]


def key(x):
    a.append(x)
    return x


try:
    a.sort(key=key)
except ValueError as e:
    print(e, sorted(a))
b = list(range(10))


def clearing(x):
    b.clear()
    return -x


try:
    b.sort(key=clearing)
    print("sorted", b)
except ValueError as e:
    print(e, b)


class Evil:
    def __init__(self, v): self.v = v

    def __lt__(self, other):
        c[:] = []
        c.append("changed")
        return self.v < other.v


c = [Evil(i) for i in range(20, 0, -1)]
try:
    c.sort()
except ValueError as e:
    print(e, len(c))


class Raises:
    def __lt__(self, other): raise KeyError("compare")


d = [Raises(), Raises(), Raises()]
try:
    d.sort()
except KeyError as e:
    print("kept", len(d))
seen = []
e = [3, 1, 2]
e.sort(key=lambda x: seen.append(len(e)) or x)
print(seen, e)
inconsistent = [5, 3, 8, 1, 9, 2] * 5
flip = [True]


class Random:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        flip[0] = not flip[0]
        return flip[0]


f = [Random(i) for i in range(50)]
f.sort()
print(sorted(x.v for x in f) == list(range(50)))

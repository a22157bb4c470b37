class Point:
    def __init__(self, x, y=0, *, z=0):
        self.at = (x, y, z)

    def moved(self, *, dx=0, dy=0):
        x, y, z = self.at
        return Point(x + dx, y=y + dy, z=z)


p = Point(y=1, x=2)
for i in range(20):
    p = p.moved(dy=1).moved(dx=i)
print(p.at)


def f(a, b, c, d):
    return (a, b, c, d)


for order in range(3):
    print(f(1, d=4, c=3, b=2), f(d=1, c=2, b=3, a=4))


def g(**kw):
    return list(kw.items())


print(g(z=1, a=2, m=3))
kw = {"b": 2}
out = g(**kw, a=1)
kw["c"] = 3
print(out)


def mutate(**kw):
    kw["new"] = 1
    return kw


print(mutate(**kw), kw)

class P:
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))


d = {P(1, 2): "a"}
print(d[P(1, 2)], P(1, 2) in d, P(2, 1) in d, len({P(0, 0), P(0, 0)}))
print(hash(1), hash(1.0), hash(True), hash(-1), hash(2 ** 61 - 1), hash(2 ** 61), hash(0.5), hash(1e300), hash(float("inf")), hash(3 + 4j))
print(hash((1, 2, 3)), hash(()), hash((1, (2, 3))), hash(frozenset()) == hash(frozenset()), hash(None) == hash(None))
print(hash(10 ** 50), hash(-10 ** 50), hash(1.5 ** 30))


class NoHash:
    __hash__ = None


class BadHash:
    def __hash__(self): return "x"


class BigHash:
    def __hash__(self): return 2 ** 100


for value in (NoHash(), BadHash(), [], {}, set(), slice(1), (1, [])):
    try:
        hash(value)
    except TypeError as error:
        print(error)
print(hash(BigHash()) == hash(2 ** 100))
try:
    {[]: 1}
except TypeError as error:
    print(error)


class Child(P):
    def __eq__(self, o): return True


print(Child.__hash__)
class Child2(P): pass
print(hash(Child2(1, 2)) == hash((1, 2)))

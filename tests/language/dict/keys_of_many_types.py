class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
    def __repr__(self): return f"K{self.v}"


d = {K(i): i for i in range(10)}
print(d[K(3)], K(99) in d, len(d), d.pop(K(5)), K(5) in d, d)
d = {1: "int", "1": "str", (1,): "tuple", None: "none", 1.5: "float", frozenset([1]): "fs", b"1": "bytes", int: "type", print: "builtin", ...: "ellipsis", 2 ** 100: "big", -1: "m1", -2: "m2"}
print(d[1.0], d["1"], d[(1,)], d[None], d[1.5], d[frozenset([1])], d[b"1"], d[int], d[print], d[...], d[2 ** 100], d[-1], d[-2])
nan = float("nan")
d = {nan: 1}
print(d[nan], float("nan") in d)


class S(str):
    pass


d = {"key": 1}
print(d[S("key")], S("key") in d)
d[S("key")] = 2
print(d, type(list(d)[0]).__name__)


class BadEq:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError("eq")


d = {BadEq(): 1}
try:
    d[BadEq()]
except ValueError as e:
    print(e)
print(len(d))


class BadHash:
    def __hash__(self): raise ValueError("hash")


for f in (lambda: {BadHash(): 1}, lambda: {}.get(BadHash()), lambda: BadHash() in {}, lambda: {}.pop(BadHash(), 1), lambda: {}.setdefault(BadHash())):
    try:
        print(f())
    except ValueError as e:
        print(e)

from collections import Counter, defaultdict
c = Counter("mississippi")
print(c, c["s"], c["z"], c.most_common(2), sorted(c.elements()), c.total(), len(c), dict(c), Counter(a=1, b=2), Counter({"x": 3}), Counter([1, 1, 2]).most_common())
d = Counter("miss")
print(c - d, c + d, c & d, c | d, +Counter(a=-1, b=1), -Counter(a=-1), Counter("ab") == Counter("ba"), Counter("ab") <= Counter("abb"))
c.update("mmm"); c.subtract("iiii"); c["new"] += 5
print(c, c.most_common()[0], c.copy() == c)
del c["new"], c["never there"]
print("new" in c, repr(Counter()), Counter(["b", "a", "b", "c"]), list(Counter("abca")))
dd = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]:
    dd[k].append(v)
print(dd, dict(dd), dd["new"], len(dd), dd.get("zz"), "zz" in dd, dd.default_factory, dd == {"a": [1, 3], "b": [2], "new": []})
n = defaultdict(lambda: defaultdict(int))
n["x"]["y"] += 1
print({k: dict(v) for k, v in n.items()}, defaultdict(int, {"q": 1}) | {"r": 2}, defaultdict(int, a=5)["a"], type(dd.copy()).__name__)
for call in (lambda: defaultdict()["k"], lambda: defaultdict(5), lambda: defaultdict(None)["z"], lambda: Counter(5), lambda: Counter("a").fromkeys("ab")):
    try:
        print(call())
    except (KeyError, TypeError, NotImplementedError) as e:
        print(type(e).__name__, e)

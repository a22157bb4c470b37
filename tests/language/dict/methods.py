d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("a", 9), d.setdefault("c", 3), d.pop("c"), d.pop("z", "gone"), d)
d.update({"x": 10}, y=20)
d.update([("p", 1), "qr"])
d.update(k=5)
print(d, list(d.keys()), list(d.values()), list(d.items()), len(d), d.popitem(), d.popitem())
e = d.copy()
e["a"] = 100
print(d["a"], e == d, dict.fromkeys("abc"), dict.fromkeys([1, 2], 0), dict(a=1, b=2), dict([("k", "v")]), dict({"m": 1}, n=2), dict(zip("ab", [1, 2])))
d.clear()
print(d, bool(d))
for source in ("{}['k']", "{}.pop('k')", "{}.popitem()", "{}[[]]", "{[]: 1}", "dict(5)", "dict([1])", "dict([(1, 2, 3)])", "{}.update(5)", "{}.fromkeys(5)", "dict(**{1: 2})", "{} < {}", "{} + {}", "{1: 2}[1.5]"):
    try:
        print(eval(source))
    except (KeyError, TypeError, ValueError) as error:
        print(source, "->", type(error).__name__, error)
try:
    del {}["missing"]
except KeyError as error:
    print(repr(error))

print(all([1, "a"]), all([1, 0]), all([]), any([0, 1]), any([]), any(x > 2 for x in range(5)), sum([1, 2, 3]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum(range(101)), sum((x for x in [1, 2]), start=10), sum([True, True]), sum([10 ** 20, 1]), sum([0.1] * 3), sum([1j, 2]))
print(min(3, 1, 2), max([3, 1, 2]), min("banana"), max("a", "b", key=lambda c: -ord(c)), min([], default=None), max([[1, 2], [1, 3]]), min((x for x in [5, 4])), max({"a": 1, "b": 0}), max({"a": 1, "b": 0}.items(), key=lambda kv: kv[1]), min(["bb", "a", "ccc"], key=len), max(1, 2.0, True), min([1, 1.0]), max([1.0, 1]), min(5, 3, key=None))
stop = iter([0, 1, 2])
print(any(stop), list(stop))
for call in (lambda: min(), lambda: max([]), lambda: min(1), lambda: max(1, "a"), lambda: sum("ab"), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum(5), lambda: sum([1], "x"), lambda: any(5), lambda: all([1], 2), lambda: min(1, 2, default=3), lambda: max([1], key=5), lambda: min([], key=len)):
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

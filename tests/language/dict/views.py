d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i, 5 in i)
d["d"] = 4
print(k, list(v), len(i))
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b", "c", "d"}, k.isdisjoint({"q"}), k <= {"a", "b", "c", "d", "e"}, sorted(i & {("a", 1)}), k >= {"a"}, {"a"} < k, sorted(k & ["a", "b"]), sorted(["q"] | k))
print(list(reversed(k)), list(reversed(v)), v == d.values(), k == d.keys(), i == d.items(), k.mapping == d)
print(type(k).__name__, type(v).__name__, type(i).__name__, iter(k).__class__.__name__, d.items().__class__)
for f in (lambda: k[0], lambda: k.append, lambda: hash(k), lambda: {1: []}.items() & {1}, lambda: k + k, lambda: k & 5):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(e)
print({1: 2}.items() == {(1, 2)}, {}.keys() == set(), {1: 1}.keys() == {1.0: 0}.keys(), min(v), sum(v), sorted(i, key=lambda p: -p[1]))

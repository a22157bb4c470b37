f = frozenset([3, 1, 2, 1])
print(len(f), sorted(f), 1 in f, f == {1, 2, 3}, f | {4} == frozenset([1, 2, 3, 4]), type(f | {4}).__name__, type({4} | f).__name__, hash(f) == hash(frozenset([1, 2, 3])), {f: "key"}[frozenset([2, 1, 3])])
print(frozenset(), frozenset([1]), repr(frozenset("a")), f.copy() is f, frozenset(f) is f, f <= {1, 2, 3, 4}, f - {1}, f & {1}, sorted(f ^ {9, 1}), f.union([7]) == {1, 2, 3, 7}, hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
for source in ("f.add(1)", "f.remove(1)", "f | [1]", "frozenset([[]])", "frozenset(1)", "f < 3", "f[0]"):
    try:
        print(eval(source))
    except (AttributeError, TypeError) as e:
        print(source, "->", e)
print({1} in {frozenset([1])}, frozenset([1]) in {frozenset([1])}, {frozenset(), frozenset([1])} == {frozenset([1]), frozenset()})
s = {frozenset([1, 2])}
s.discard({1, 2})
print(s)
f |= {10}
print(sorted(f), isinstance(f, set), isinstance(f, frozenset))

s = {3, 1, 2}
s.add(4); s.add(1); s.update([5], {6}, (7,)); s.discard(99); s.remove(7)
print(sorted(s), len(s), 3 in s, sorted(s | {9}), sorted(s & {1, 2, 99}), sorted(s - {1}), sorted(s ^ {1, 100}))
print(sorted(s.union([8], "a"[:0])), sorted(s.intersection([1, 2], [2])), sorted(s.difference([1], [2])), sorted(s.symmetric_difference([1, 50])), s.isdisjoint({77}), {1} <= s, {1}.issubset(s), s >= {1, 2}, s.issuperset([1]), {1} < {1}, s == set(s), s.copy() is s)
t = {1, 2, 3}
t &= {2, 3, 4}; print(t); t |= {9}; print(sorted(t)); t -= {9}; print(t); t ^= {3, 5}; print(sorted(t))
t.intersection_update([2]); print(t); t.difference_update([2]); print(t); t.symmetric_difference_update([1, 1]); print(t)
t.clear()
print(t, set(), bool(set()), {*[1, 1, 1]}, set("a"), len(set("hello")), {1.0, 1, True}, {frozenset([1])}, {(1, 2)})
for source in ("set().pop()", "{1}.remove(2)", "{[]}", "{1} | [1]", "{1} + {2}", "set(5)", "set()[0]", "{1} < [1]", "{{1}}", "hash({1})", "{1}.union(5)", "{1}.add()", "{1} & 5", "{1} <= 5"):
    try:
        print(eval(source))
    except (KeyError, TypeError) as e:
        print(source, "->", type(e).__name__, e)
x = {1, 2, 3}
popped = x.pop()
print(popped in (1, 2, 3), len(x), popped not in x)

t = (1, "a", [2])
print(t, t[0], t[-1], t[1:], t[::-1], len(t), t + (3,), t * 2, (), (1,), 1 in t, t.index("a"), t.count(1), tuple("abc"), tuple([1, 2]), tuple(), tuple(x for x in [1]))
t[2].append(3)
print(t, hash((1, 2)) == hash((1, 2)), (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == (1.0, 2.0), (1, 2) == [1, 2], {(1, 2): "k"}[(1, 2)])
for source in ("t[5]", "t['a']", "t.index(99)", "hash(t)", "t + [1]", "t * 1.5", "(1,) < ('a',)", "t.append(1)", "(1, 2) + 3", "tuple(5)"):
    try:
        print(eval(source))
    except (IndexError, TypeError, ValueError, AttributeError) as e:
        print(source, "->", type(e).__name__, e)
for source in ("t[0] = 1", "del t[0]"):
    try:
        exec(source)
    except TypeError as e:
        print(e)
a, b = b, a = 1, 2
print(a, b, max((3, 1), (3, 2)), sorted([(2, "b"), (1, "c"), (1, "a")]), (1, (2, (3,))), tuple(zip("ab", [1, 2])), repr((1,)), tuple(reversed((1, 2, 3))), sum(((1,), (2,)), ()))
same = (1, 2)
print(tuple(same) is same, same[:] is same, same * 1 == same, same + () == same)

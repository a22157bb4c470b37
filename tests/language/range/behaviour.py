print(range(5), range(1, 5), range(1, 10, 2), list(range(5)), list(range(5, 0, -2)), list(range(0)), list(range(3, 3)), list(range(0, -3)), range(10)[3], range(10)[-1], range(10)[2:8:3], range(10)[::-1], range(0, 10, 3)[1:])
print(len(range(0, 100, 7)), len(range(10 ** 12)), 5 in range(10), 5 in range(0, 10, 2), 5.0 in range(10), "a" in range(3), 10 ** 15 in range(10 ** 16), range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3)), range(1, 2) == [1])
r = range(2, 20, 3)
print(r.start, r.stop, r.step, r.index(8), r.count(8), r.count(9), list(reversed(r)), max(r), min(r), sum(r), bool(range(0)), r[True], tuple(r))
for source in ("range(1.5)", "range('a')", "range(1, 2, 0)", "range(5)[5]", "range(5)[-6]", "range(5).index(9)", "range()", "range(1, 2, 3, 4)", "range(5)['a']", "range(3) + range(3)", "range(3) < range(4)", "range(3).append", "range(None)"):
    try:
        print(eval(source))
    except (TypeError, ValueError, IndexError, AttributeError) as e:
        print(source, "->", type(e).__name__, e)
big = range(10 ** 20, 10 ** 20 + 3)
print(list(big), big[1], 10 ** 20 + 1 in big, big, [i for i in range(-3, 3)], range(True), [*range(2)], list(range(10 ** 20, 10 ** 20 - 4, -2)))
for i in range(3):
    i += 10
    print(i, end=" ")
print(i)
it = iter(range(3))
print(next(it), list(it), next(it, "done"), repr(iter(range(1))).startswith("<range_iterator"))
try:
    len(range(10 ** 30))
except OverflowError as e:
    print(e)

# Sets of ints print in the order of CPython's probing.
print({5, 3, 1}, {10, 20, 30, 40}, set(range(20)), {100, 1, 50, 7}, {8, 0}, {0, 8, 16, 24}, {-1, -2, -3}, {64, 128, 1})
print(set([9, 33, 5, 17, 2]), {i * 7 % 31 for i in range(12)}, {1000, 2000, 3000, 17}, {x * x for x in range(15)})
s = set()
for i in [15, 3, 27, 8, 91, 44, 2, 60]:
    s.add(i)
    print(s)
s.discard(8)
s.add(72)
print(s, s | {1, 2, 3}, s & {3, 27, 91, 5}, s - {3}, s ^ {3, 4}, s.copy(), set(s), frozenset(s))
print({1, 2} | {3}, {3} | {2, 1}, {True, False, 2}, {1.5, 2.5, 0.5} == {0.5, 1.5, 2.5}, {None}, [x for x in {33, 1, 32}], sum({1, 2, 3}), {2 ** 70}, {2 ** 61 - 1, 5})
big = set(range(0, 3000, 7))
big -= set(range(0, 3000, 14))
print(list(big)[:12], len(big), set(list(range(100, 0, -9))))

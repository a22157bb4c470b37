print(hash(1.0) == hash(1), hash(0.5), hash(2.0 ** 70) == hash(2 ** 70), hash(-0.0), hash(1e16), hash(float("-inf")), hash(0.1), hash(-1.0))
d = {1.0: "a", 2.5: "b"}
print(d[1], d[2.5], 1 in d, 2.5 in d, {0.0: 1}[-0.0], len({1, 1.0, True, 1 + 0j}))
print(0.1 + 0.2 == 0.3, 1e16 == 10 ** 16, 1.5 == 3 / 2, 1.0 != 1, 0.1 * 3 <= 0.3, sum([0.1] * 10), sum([0.1] * 10) == 1.0)
print(sorted([0.5, -1, 3, float("-inf"), 2.5, True]), max(1.5, 2), min(0.0, -0.0), min(-0.0, 0.0))

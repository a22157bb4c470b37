# Intersections and differences make new sets: their order, keys whose __eq__ changes the sets meanwhile, keys that are equal.


class Key:
    def __init__(self, value, action=None):
        self.value, self.action = value, action

    def __hash__(self):
        return self.value % 4

    def __eq__(self, other):
        if self.action:
            self.action, action = None, self.action
            action()
        return isinstance(other, Key) and self.value == other.value

    def __repr__(self):
        return f'K{self.value}'


for size in 0, 1, 4, 5, 8, 20, 33, 100, 300:
    a, b = set(range(0, 3 * size, 3)), set(range(0, 2 * size, 2))
    print(size, list(a & b)[:20], list(a - b)[:20], list(a ^ b)[:20], list(a.intersection(range(size)))[:20], len(a.difference({})),
          list(a.difference(dict.fromkeys(range(size))))[:20], list(b - a)[:20], frozenset(a) & b == b & a)
names = {f'n{i}' for i in range(50)}
print(sorted(names & {f'n{i}' for i in range(30, 70)})[:5], len(names - {'n1', 'x'}), sorted(names - (names - {'n3'})))

left = {Key(i) for i in range(8)}
right = set(left)
right.add(Key(100, lambda: [left.add(Key(i)) for i in range(200, 230)]))
left.add(Key(100))
both = left & right
print(len(both), len(set(both)), sorted(key.value for key in both)[:9], len(left))
left = {Key(i) for i in range(12)}
left.add(Key(300, lambda: (left.clear(), left.update(Key(i) for i in range(12)))))
try:
    rest = left - {Key(i) for i in range(296, 310, 4)}
    print(len(rest) == len({key.value for key in rest}))
except RuntimeError as error:
    print(error)

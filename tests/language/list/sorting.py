words = ["banana", "fig", "Apple", "cherry", "date", "kiwi"]
print(sorted(words), sorted(words, key=len), sorted(words, key=str.lower, reverse=True), sorted(words, key=lambda w: (len(w), w)))
pairs = [(2, "b"), (1, "z"), (2, "a"), (1, "y")]
print(sorted(pairs), sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sorted(pairs, reverse=True))


class Item:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"I{self.v}"


print(sorted([Item(3), Item(1), Item(2)]), max([Item(3), Item(7)], key=lambda i: i.v), min(Item(4), Item(2)))
import random
random.seed(5)
big = [random.randrange(1000) for _ in range(2000)]
s = sorted(big)
print(all(a <= b for a, b in zip(s, s[1:])), sum(s) == sum(big), s[:5], s[-5:])
print(sorted(big, key=lambda x: -x) == s[::-1], sorted(s) == s, sorted(s[::-1]) == s, sorted(s + [0, 1, 2])[:6])
mixed = [3, 1.5, True, -2, 2 ** 70, 0.1]
mixed.sort()
print(mixed, sorted("hello"), sorted({"b": 1, "a": 2}), sorted((3, 1)), sorted([True, False]), sorted([(1, [2]), (1, [1])]))
stable = sorted([(i % 3, i) for i in range(12)], key=lambda t: t[0])
print(stable, sorted(stable, key=lambda t: -t[0], reverse=True)[:4])
for values, kw in (([1, "a"], {}), ([None, 1], {}), ([1, 2], {"key": 5}), ([[1], ["a"]], {}), ([1j, 2j], {}), ([1], {"cmp": 1})):
    try:
        print(sorted(values, **kw))
    except TypeError as e:
        print(e)
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
print(calls)
print(sorted([float("inf"), 1, float("-inf")]), [].sort(), sorted([], key=5))

# A key that is deleted and put in again, many times over, among others; order and contents stay right.
import collections

d = {i: str(i) for i in range(50)}
for step in range(20000):
    key = step * 7 % 50
    d[key] = d.pop(key)
print(len(d), sorted(d) == list(range(50)), all(d[i] == str(i) for i in range(50)), list(d)[-3:])

words = {w: n for n, w in enumerate("the quick brown fox jumps".split())}
for _ in range(5000):
    words["fox"] = words.pop("fox") + 1
    del words["the"]
    assert "the" not in words and words.get("the") is None
    words["the"] = 0
print(words)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return self.n == other.n


keys = [Key(n) for n in range(9)]
same = {k: k.n for k in keys}
for step in range(3000):
    k = Key(step % 9)
    same[k] = same.pop(k)
print([k.n for k in same], sorted(same.values()))

ordered = collections.OrderedDict.fromkeys("abcdef")
for step in range(3000):
    ordered.move_to_end("abcdef"[step % 6], last=step % 5 != 0)
print("".join(ordered))
print(dict.fromkeys([1, 2, 1]), dict.fromkeys("abca", 0), dict.fromkeys(range(3)), dict.fromkeys(iter("xy")))
print(set([3, 1, 2, 1]), {1, 2} | {3}, set((1, 2)) == {2, 1}, set(range(20)).copy() == set(range(20)), frozenset([1]) | {2})

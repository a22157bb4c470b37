# Sets made of dicts and of sets, and dicts of sets, do not call __hash__ again; hints that cannot be true are passed over.
class Counted(int):
    calls = 0

    def __hash__(self):
        Counted.calls += 1
        return int.__hash__(self)


d = dict.fromkeys(map(Counted, range(10)))
print(Counted.calls)
s = set(d)
f = frozenset(d)
s.difference(d)
s = set(f)
s.symmetric_difference_update(f)
e = dict.fromkeys(f)
g = dict.fromkeys(set(d), 123)
print(Counted.calls, len(e), sum(g.values()), s)


class Boasts:
    def __iter__(self):
        return iter("xyz")

    def __len__(self):
        return 2**63 - 1


items = [1]
items.extend(Boasts())
try:
    list(Boasts())
except MemoryError:
    print("MemoryError")
print(items, tuple.__itemsize__, bytes.__itemsize__, int.__itemsize__, list.__itemsize__)

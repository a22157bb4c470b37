"""Hash structures written by hand: open addressing, chaining, a Bloom filter, a counting sketch, consistent hashing, a skip list."""
import random


def fnv(text, seed=0):
    h = 0xCBF29CE484222325 ^ seed
    for c in text.encode():
        h = (h ^ c) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h ^ h >> 29


class OpenTable:
    EMPTY, GONE = object(), object()

    def __init__(self):
        self.slots, self.used, self.filled, self.probes = [(self.EMPTY, None)] * 8, 0, 0, 0

    def find(self, key):
        mask = len(self.slots) - 1
        i, step, free = fnv(key) & mask, 0, None
        while True:
            self.probes += 1
            at = self.slots[i][0]
            if at is self.EMPTY:
                return (i if free is None else free), False
            if at is self.GONE:
                free = i if free is None else free
            elif at == key:
                return i, True
            step += 1
            i = i + step & mask

    def __setitem__(self, key, value):
        i, found = self.find(key)
        if not found:
            self.used += 1
            self.filled += self.slots[i][0] is self.EMPTY
        self.slots[i] = (key, value)
        if self.filled * 3 > len(self.slots) * 2:
            old = [s for s in self.slots if s[0] not in (self.EMPTY, self.GONE)]
            self.slots = [(self.EMPTY, None)] * (len(self.slots) * 2)
            self.used = self.filled = 0
            for k, v in old:
                self[k] = v

    def __getitem__(self, key):
        i, found = self.find(key)
        if not found:
            raise KeyError(key)
        return self.slots[i][1]

    def __delitem__(self, key):
        i, found = self.find(key)
        if not found:
            raise KeyError(key)
        self.slots[i] = (self.GONE, None)
        self.used -= 1

    def __len__(self):
        return self.used


class Bloom:
    def __init__(self, bits, hashes):
        self.bits, self.hashes, self.field = bits, hashes, 0

    def places(self, text):
        return [fnv(text, i * 7919) % self.bits for i in range(self.hashes)]

    def add(self, text):
        for p in self.places(text):
            self.field |= 1 << p

    def __contains__(self, text):
        return all(self.field >> p & 1 for p in self.places(text))


class Ring:
    def __init__(self, nodes, points=40):
        self.points = sorted((fnv(f"{n}#{i}"), n) for n in nodes for i in range(points))

    def owner(self, key):
        h, low, high = fnv(key), 0, len(self.points)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.points[middle][0] < h else (low, middle)
        return self.points[low % len(self.points)][1]


class SkipList:
    class Node:
        __slots__ = ("key", "next")

        def __init__(self, key, levels):
            self.key, self.next = key, [None] * levels

    def __init__(self, seed=1, levels=10):
        self.head, self.random = self.Node(None, levels), random.Random(seed)

    def before(self, key):
        node, path = self.head, []
        for level in reversed(range(len(self.head.next))):
            while node.next[level] and node.next[level].key < key:
                node = node.next[level]
            path.append(node)
        return path[::-1]

    def add(self, key):
        path, levels = self.before(key), 1
        if path[0].next[0] and path[0].next[0].key == key:
            return False
        while levels < len(self.head.next) and self.random.random() < 0.5:
            levels += 1
        node = self.Node(key, levels)
        for level in range(levels):
            node.next[level], path[level].next[level] = path[level].next[level], node
        return True

    def remove(self, key):
        path = self.before(key)
        node = path[0].next[0]
        if node is None or node.key != key:
            return False
        for level in range(len(node.next)):
            path[level].next[level] = node.next[level]
        return True

    def __iter__(self):
        node = self.head.next[0]
        while node:
            yield node.key
            node = node.next[0]


table, real = OpenTable(), {}
rng = random.Random(77)
for i in range(3000):
    key = f"key{rng.randrange(400)}"
    if rng.random() < 0.35 and key in real:
        del table[key], real[key]
    else:
        table[key] = real[key] = i
print(len(table), len(real), all(table[k] == v for k, v in real.items()), len(table.slots), table.probes)
try:
    table["nope"]
except KeyError as error:
    print(repr(error))
bloom = Bloom(4096, 4)
for i in range(400):
    bloom.add(f"in{i}")
print(all(f"in{i}" in bloom for i in range(400)), sum(f"out{i}" in bloom for i in range(2000)), bloom.field.bit_count())
keys = [f"user{i}" for i in range(1000)]
three, four = Ring(["a", "b", "c"]), Ring(["a", "b", "c", "d"])
moved = [k for k in keys if three.owner(k) != four.owner(k)]
print({n: sum(three.owner(k) == n for k in keys) for n in "abc"}, len(moved), {four.owner(k) for k in moved})
skip, values = SkipList(), set()
for i in range(1500):
    n = rng.randrange(300)
    if rng.random() < 0.4:
        assert skip.remove(n) == (n in values)
        values.discard(n)
    else:
        assert skip.add(n) == (n not in values)
        values.add(n)
print(list(skip) == sorted(values), len(values), hex(fnv("Gila")), hex(fnv("")))

"""A cache that forgets what was not used for longest: ./run.sh programs/lru_cache.py

What to watch: a dictionary finds a node at once, and a doubly linked ring keeps the order of use, so every
operation takes the same time however large the cache is. The same class works as a decorator.
"""


class Node:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.before = self.after = self


class LruCache:
    def __init__(self, size, on_drop=None):
        if size < 1:
            raise ValueError("size must be positive")
        self.size, self.on_drop = size, on_drop
        self.nodes, self.ring = {}, Node()
        self.hits = self.misses = 0

    def _unlink(self, node):
        node.before.after, node.after.before = node.after, node.before

    def _link_first(self, node):
        node.before, node.after = self.ring, self.ring.after
        node.before.after = node.after.before = node

    def get(self, key, default=None):
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            return default
        self.hits += 1
        self._unlink(node)
        self._link_first(node)
        return node.value

    def put(self, key, value):
        node = self.nodes.get(key)
        if node is not None:
            self._unlink(node)
            node.value = value
        else:
            node = self.nodes[key] = Node(key, value)
        self._link_first(node)
        if len(self.nodes) > self.size:
            oldest = self.ring.before
            self._unlink(oldest)
            del self.nodes[oldest.key]
            if self.on_drop:
                self.on_drop(oldest.key, oldest.value)

    __getitem__ = get
    __setitem__ = put

    def __contains__(self, key):
        return key in self.nodes

    def __len__(self):
        return len(self.nodes)

    def __iter__(self):
        """Keys, the most recently used first."""
        node = self.ring.after
        while node is not self.ring:
            yield node.key
            node = node.after

    def __repr__(self):
        return f"LruCache({', '.join(map(repr, self))})"

    def __call__(self, function):
        missing = object()

        def remembered(*arguments):
            value = self.get(arguments, missing)
            if value is missing:
                self.put(arguments, value := function(*arguments))
            return value

        remembered.cache = self
        return remembered


def main():
    dropped = []
    cache = LruCache(3, on_drop=lambda key, value: dropped.append((key, value)))
    for key, value in zip("abc", range(3)):
        cache[key] = value
    print(cache)
    print(cache["a"], cache)
    cache["d"] = 3
    print(cache, "b" in cache, dropped)
    cache["c"] = 20
    cache["e"] = 4
    print(cache, dropped, cache["zz"], cache.get("zz", "default"))
    print(f"{cache.hits} hits, {cache.misses} misses, {len(cache)} kept")

    calls = []

    @LruCache(50)
    def paths(rows, columns):
        calls.append((rows, columns))
        return 1 if rows == 0 or columns == 0 else paths(rows - 1, columns) + paths(rows, columns - 1)

    print("paths through a 20 by 20 grid:", paths(20, 20), "after", len(calls), "calls")
    big = LruCache(1000)
    for i in range(30_000):
        big[i * 7 % 1500] = i
        big.get(i % 100)
    print(len(big), sum(big.nodes[k].value for k in big), big.hits)


if __name__ == "__main__":
    main()

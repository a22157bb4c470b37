"""A balanced (AVL) tree as a sorted dictionary, with ranges, checked against dict."""
import random


class Node:
    __slots__ = ("key", "value", "left", "right", "height", "size")

    def __init__(self, key, value):
        self.key, self.value, self.left, self.right = key, value, None, None
        self.height = self.size = 1


def height(n): return n.height if n else 0
def size(n): return n.size if n else 0


def fix(n):
    n.height = 1 + max(height(n.left), height(n.right))
    n.size = 1 + size(n.left) + size(n.right)
    return n


def rotate(n, left):
    if left:
        r = n.right
        n.right, r.left = r.left, n
    else:
        r = n.left
        n.left, r.right = r.right, n
    fix(n)
    return fix(r)


def balance(n):
    fix(n)
    lean = height(n.left) - height(n.right)
    if lean > 1:
        if height(n.left.left) < height(n.left.right):
            n.left = rotate(n.left, True)
        return rotate(n, False)
    if lean < -1:
        if height(n.right.right) < height(n.right.left):
            n.right = rotate(n.right, False)
        return rotate(n, True)
    return n


class SortedDict:
    def __init__(self, items=()):
        self.root = None
        for k, v in items:
            self[k] = v

    def __setitem__(self, key, value):
        def put(n):
            if n is None:
                return Node(key, value)
            if key == n.key:
                n.value = value
                return n
            if key < n.key:
                n.left = put(n.left)
            else:
                n.right = put(n.right)
            return balance(n)
        self.root = put(self.root)

    def __delitem__(self, key):
        def smallest(n):
            return n if n.left is None else smallest(n.left)

        def drop(n, key):
            if n is None:
                raise KeyError(key)
            if key < n.key:
                n.left = drop(n.left, key)
            elif n.key < key:
                n.right = drop(n.right, key)
            elif n.left is None:
                return n.right
            elif n.right is None:
                return n.left
            else:
                next_ = smallest(n.right)
                n.key, n.value = next_.key, next_.value
                n.right = drop(n.right, next_.key)
            return balance(n)
        self.root = drop(self.root, key)

    def __getitem__(self, key):
        n = self.root
        while n:
            if key == n.key:
                return n.value
            n = n.left if key < n.key else n.right
        raise KeyError(key)

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def items(self, low=None, high=None):
        def walk(n):
            if n:
                if low is None or low < n.key:
                    yield from walk(n.left)
                if (low is None or low <= n.key) and (high is None or n.key < high):
                    yield n.key, n.value
                if high is None or n.key < high:
                    yield from walk(n.right)
        return walk(self.root)

    def __iter__(self):
        return (k for k, _ in self.items())

    def __len__(self):
        return size(self.root)

    def nth(self, i):
        n = self.root
        while True:
            left = size(n.left)
            if i == left:
                return n.key
            n, i = (n.left, i) if i < left else (n.right, i - left - 1)


d = SortedDict((w, len(w)) for w in "the quick brown fox jumps over the lazy dog".split())
print(list(d), len(d), d["fox"], "cat" in d, list(d.items("f", "p")), d.nth(3))
del d["fox"]
print(list(d), d.root.height)
try:
    del d["zebra"]
except KeyError as error:
    print(repr(error))
rng, tree, real = random.Random(11), SortedDict(), {}
for i in range(2000):
    k = rng.randrange(500)
    if rng.random() < 0.4 and k in real:
        del tree[k], real[k]
    else:
        tree[k] = real[k] = i
print(len(tree), list(tree.items()) == sorted(real.items()), tree.root.height <= 12, [tree.nth(i) for i in (0, 10, 100)])
big = SortedDict((i, -i) for i in range(2000))
print(big.root.height, sum(v for _, v in big.items(100, 110)), big.nth(1234))

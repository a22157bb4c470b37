# A linked list, a binary search tree, a heap and a trie, with the protocols that make them Pythonic.
from typing import Iterator, Optional


class LinkedList:
    class _Node:
        __slots__ = "value", "next"

        def __init__(self, value, next=None):
            self.value, self.next = value, next

    def __init__(self, items=()):
        self.head = None
        self._length = 0
        for item in reversed(list(items)):
            self.push(item)

    def push(self, value):
        self.head = self._Node(value, self.head)
        self._length += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from empty list")
        value, self.head = self.head.value, self.head.next
        self._length -= 1
        return value

    def reverse(self):
        previous, node = None, self.head
        while node:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def __len__(self):
        return self._length

    def __getitem__(self, index):
        if isinstance(index, slice):
            return LinkedList(list(self)[index])
        if index < 0:
            index += len(self)
        for i, value in enumerate(self):
            if i == index:
                return value
        raise IndexError(index)

    def __bool__(self):
        return self.head is not None

    def __repr__(self):
        return " -> ".join(map(repr, self)) or "empty"


class Tree:
    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.left: Optional[Tree] = None
        self.right: Optional[Tree] = None

    def __setitem__(self, key, value):
        if self.key is None or self.key == key:
            self.key, self.value = key, value
        elif key < self.key:
            if self.left is None:
                self.left = Tree()
            self.left[key] = value
        else:
            if self.right is None:
                self.right = Tree()
            self.right[key] = value

    def __getitem__(self, key):
        node = self
        while node is not None:
            if node.key == key:
                return node.value
            node = node.left if key < node.key else node.right
        raise KeyError(key)

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator:
        if self.left:
            yield from self.left
        if self.key is not None:
            yield self.key
        if self.right:
            yield from self.right

    def height(self):
        return 1 + max((t.height() for t in (self.left, self.right) if t), default=0)


class Trie(dict):
    END = object()

    def add(self, word):
        node = self
        for letter in word:
            node = node.setdefault(letter, Trie())
        node[self.END] = word

    def complete(self, prefix):
        node = self
        for letter in prefix:
            node = node.get(letter)
            if node is None:
                return []
        return sorted(node.words())

    def words(self):
        for key, child in self.items():
            if key is self.END:
                yield child
            else:
                yield from child.words()


items = LinkedList("abcd")
items.reverse()
print(items, len(items), items[1], items[-1], items[1:3], bool(LinkedList()), "c" in items, sorted(items), LinkedList())
a, *rest = items
print(a, rest, list(zip(items, range(9))), max(items), [*items, *items[::2]])
print(items.pop(), items.pop(), [i for i in reversed(items)])
for bad in (lambda: items[9], lambda: LinkedList().pop()):
    try:
        bad()
    except IndexError as error:
        print(repr(error))
tree = Tree()
for n, word in enumerate("the quick brown fox jumps over the lazy dog".split()):
    tree[word] = n
print(list(tree), tree["the"], tree.height(), "fox" in tree, "cat" in tree)
trie = Trie()
for word in ("car", "card", "care", "cat", "dog", "do"):
    trie.add(word)
print(trie.complete("car"), trie.complete("do"), trie.complete("x"), len(trie.complete("")))

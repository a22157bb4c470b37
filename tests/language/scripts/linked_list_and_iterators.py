"""A doubly linked list with the whole sequence protocol, compared against list on random operations."""
import random


class Node:
    __slots__ = ("value", "before", "after")

    def __init__(self, value):
        self.value, self.before, self.after = value, None, None


class LinkedList:
    def __init__(self, items=()):
        self.head = self.tail = None
        self.size = 0
        for x in items:
            self.append(x)

    def append(self, value):
        node = Node(value)
        if self.tail is None:
            self.head = self.tail = node
        else:
            node.before, self.tail.after, self.tail = self.tail, node, node
        self.size += 1

    def node(self, i):
        if not -self.size <= i < self.size:
            raise IndexError(f"{i} of {self.size}")
        i %= self.size
        if i < self.size // 2:
            node = self.head
            for _ in range(i):
                node = node.after
        else:
            node = self.tail
            for _ in range(self.size - 1 - i):
                node = node.before
        return node

    def unlink(self, node):
        if node.before:
            node.before.after = node.after
        else:
            self.head = node.after
        if node.after:
            node.after.before = node.before
        else:
            self.tail = node.before
        self.size -= 1
        return node.value

    def insert(self, i, value):
        i = max(0, i + self.size) if i < 0 else i
        if i >= self.size:
            return self.append(value)
        new, at = Node(value), self.node(i)
        new.before, new.after = at.before, at
        if at.before:
            at.before.after = new
        else:
            self.head = new
        at.before = new
        self.size += 1

    def pop(self, i=-1):
        return self.unlink(self.node(i))

    def reverse(self):
        node = self.head
        while node:
            node.before, node.after = node.after, node.before
            node = node.before
        self.head, self.tail = self.tail, self.head

    def __len__(self):
        return self.size

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.after

    def __reversed__(self):
        node = self.tail
        while node:
            yield node.value
            node = node.before

    def __getitem__(self, i):
        if isinstance(i, slice):
            return LinkedList(list(self)[i])
        return self.node(i).value

    def __setitem__(self, i, value):
        self.node(i).value = value

    def __delitem__(self, i):
        self.unlink(self.node(i))

    def __contains__(self, x):
        return any(x is y or x == y for y in self)

    def __eq__(self, other):
        return len(self) == len(other) and all(a == b for a, b in zip(self, other))

    def __add__(self, other):
        return LinkedList([*self, *other])

    def __repr__(self):
        return f"LinkedList({list(self)})"


l = LinkedList("abc")
l.append("d"); l.insert(0, "first"); l.insert(-1, "x")
print(l, len(l), l[0], l[-1], l[1:4], "x" in l, list(reversed(l)), l + [1], l == LinkedList(list(l)))
del l[1]
l[0] = "FIRST"
l.reverse()
print(l, l.pop(), l.pop(0), *l)
for i in (9, -9):
    try:
        l[i]
    except IndexError as error:
        print("IndexError", error)
rng = random.Random(3)
ours, real = LinkedList(), []
for step in range(3000):
    op = rng.choice(["append", "insert", "pop", "set", "reverse", "del", "get"])
    i = rng.randrange(len(real)) if real else 0
    if op == "append":
        ours.append(step); real.append(step)
    elif op == "insert":
        ours.insert(i, step); real.insert(i, step)
    elif real:
        if op == "pop":
            assert ours.pop(i) == real.pop(i)
        elif op == "set":
            ours[i] = real[i] = -step
        elif op == "reverse" and step % 50 == 0:
            ours.reverse(); real.reverse()
        elif op == "del":
            del ours[i]; del real[i]
        else:
            assert ours[i] == real[i]
print(len(real), list(ours) == real, list(reversed(ours)) == real[::-1], real[:5])

"""Allocation: many short-lived trees and one that lives long."""


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def build(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(build(depth - 1), build(depth - 1))


def count(tree):
    if tree.left is None:
        return 1
    return 1 + count(tree.left) + count(tree.right)


long_lived = build(17)
for depth in range(4, 18, 2):
    rounds = 1 << (17 - depth)
    print(depth, sum(count(build(depth)) for _ in range(rounds)))
print(count(long_lived))

# Marking must not recurse: chains of a million links of every kind survive a collection.
import gc
chain = None
for i in range(300_000):
    chain = (chain, i)
nested = []
for i in range(300_000):
    nested = [nested]
link = {}
for i in range(200_000):
    link = {"next": link}


class Node:
    __slots__ = ("next",)

    def __init__(self, next): self.next = next


node = None
for i in range(300_000):
    node = Node(node)


def closure(f): return lambda: f


f = None
for i in range(100_000):
    f = closure(f)
gc.collect()
depth = 0
while chain:
    chain = chain[0]
    depth += 1
print(depth)
depth = 0
while nested:
    nested = nested[0]
    depth += 1
print(depth)
depth = 0
while node:
    node = node.next
    depth += 1
print(depth)
del link, f
gc.collect()
print("freed")

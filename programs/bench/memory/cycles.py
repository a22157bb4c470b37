"""Two million small cycles that only a collector can free."""


class Node:
    def __init__(self):
        self.me = self
        self.other = None


for i in range(1_000_000):
    a, b = Node(), Node()
    a.other, b.other = b, a
print("done")

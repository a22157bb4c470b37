import gc
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled(), isinstance(gc.collect(), int), len(gc.get_count()), len(gc.get_threshold()), isinstance(gc.get_stats(), list))


class Node:
    alive = 0
    def __init__(self): Node.alive += 1
    def __del__(self): Node.alive -= 1


def make(n):
    for _ in range(n):
        a, b = Node(), Node()
        a.other, b.other = b, a


make(50)
gc.collect()
gc.collect()
print(Node.alive < 10)
for i in range(20000):
    x = [i, {"k": (i, str(i))}]
gc.collect()
print(x)

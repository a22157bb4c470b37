import gc


class Node:
    count = 0

    def __init__(self, *others):
        Node.count += 1
        self.others = list(others)

    def __del__(self):
        Node.count -= 1


def make():
    for _ in range(100):
        a = Node()
        b = Node(a)
        a.others.append(b)
        a.others.append(a)
        d = {"node": Node()}
        d["self"] = d
        d["node"].others.append(d)


def clear_stack(n=60):
    return n and clear_stack(n - 1)


make()
clear_stack()
gc.collect()
gc.collect()
print(Node.count <= 6)
kept = [Node() for _ in range(50)]
for k in kept:
    k.others.append(kept)
gc.collect()
print(Node.count >= 50, len(kept), kept[7].others[0] is kept)

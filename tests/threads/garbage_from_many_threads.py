# Threads allocate, make cycles and drop them while others collect.
import gc
import threading
import weakref
stop = threading.Event()


class Node:
    def __init__(self, n):
        self.n, self.me, self.data = n, self, [n] * 10


def churn(me):
    kept = []
    for i in range(3000):
        node = Node(i)
        node.other = Node(i + 1)
        node.other.back = node
        kept.append(node)
        if len(kept) > 50:
            kept.clear()
        assert node.other.back.n == i and node.data == [i] * 10
        text = str(i) * 5
        assert len(text) == len(str(i)) * 5


def collect():
    while not stop.is_set():
        gc.collect()


collector = threading.Thread(target=collect)
collector.start()
threads = [threading.Thread(target=churn, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
stop.set()
collector.join()
print("intact")

# append and popleft of a deque are atomic: each item is taken exactly once.
import threading
from collections import deque
q = deque()
done = threading.Event()
taken = [[] for _ in range(4)]


def produce(me):
    for i in range(2000):
        q.append((me, i))


def consume(me):
    while True:
        try:
            taken[me].append(q.popleft())
        except IndexError:
            if done.is_set() and not q:
                return


producers = [threading.Thread(target=produce, args=(n,)) for n in range(4)]
consumers = [threading.Thread(target=consume, args=(n,)) for n in range(4)]
for t in producers + consumers:
    t.start()
for t in producers:
    t.join()
done.set()
for t in consumers:
    t.join()
everything = [x for part in taken for x in part]
print(len(everything), len(set(everything)), len(q))
print(all([i for who, i in part if who == n] == sorted(i for who, i in part if who == n) for part in taken for n in range(4)))

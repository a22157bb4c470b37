# Stages joined by queues made of a condition: order and completeness survive.
import threading
from collections import deque


class Queue:
    def __init__(self, limit):
        self.items, self.limit = deque(), limit
        self.lock = threading.Lock()
        self.not_empty = threading.Condition(self.lock)
        self.not_full = threading.Condition(self.lock)

    def put(self, x):
        with self.not_full:
            while len(self.items) >= self.limit:
                self.not_full.wait()
            self.items.append(x)
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            while not self.items:
                self.not_empty.wait()
            x = self.items.popleft()
            self.not_full.notify()
            return x


END = object()
queues = [Queue(4) for _ in range(4)]


def stage(source, target, f):
    while (x := source.get()) is not END:
        target.put(f(x))
    target.put(END)


threads = [threading.Thread(target=stage, args=(queues[i], queues[i + 1], f)) for i, f in enumerate([lambda x: x + 1, lambda x: x * 2, str])]
for t in threads:
    t.start()


def feed():
    for i in range(500):
        queues[0].put(i)
    queues[0].put(END)


feeder = threading.Thread(target=feed)
feeder.start()
out = []
while (x := queues[-1].get()) is not END:
    out.append(x)
for t in threads + [feeder]:
    t.join()
print(out == [str((i + 1) * 2) for i in range(500)])

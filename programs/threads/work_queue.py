"""Producers, consumers and a queue with a limit. ./run.sh programs/threads/work_queue.py

What to watch: the queue holds four items at most, so fast producers must wait for slow consumers; nothing is
lost and nothing is done twice. The queue is written here, from a deque and one lock with two conditions.
"""
import threading
from collections import deque


class BoundedQueue:
    def __init__(self, limit):
        self.items, self.limit, self.fullest = deque(), limit, 0
        lock = threading.Lock()
        self.not_empty, self.not_full = threading.Condition(lock), threading.Condition(lock)

    def put(self, item):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.limit)
            self.items.append(item)
            self.fullest = max(self.fullest, len(self.items))
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items)
            item = self.items.popleft()
            self.not_full.notify()
            return item


DONE = object()
queue, results, lock = BoundedQueue(4), [], threading.Lock()


def produce(numbers):
    for n in numbers:
        queue.put(n)


def consume():
    while (n := queue.get()) is not DONE:
        with lock:
            results.append((n, n * n))


producers = [threading.Thread(target=produce, args=(range(i, 300, 3),)) for i in range(3)]
consumers = [threading.Thread(target=consume) for _ in range(4)]
for thread in producers + consumers:
    thread.start()
for thread in producers:
    thread.join()
for _ in consumers:
    queue.put(DONE)
for thread in consumers:
    thread.join()
print(len(results), "results,", len(set(results)), "different, sum of squares", sum(square for _, square in results))
print("never more than", queue.limit, "waited:", queue.fullest <= queue.limit)

# Producers and consumers over every kind of queue, bounded and not: each item comes out once.
import queue
import threading

PRODUCERS, ITEMS = 4, 500


def run(q):
    taken = [[] for _ in range(PRODUCERS)]

    def produce(number):
        for i in range(ITEMS):
            q.put(number * ITEMS + i)

    def consume(into):
        for _ in range(ITEMS):
            into.append(q.get())
            if hasattr(q, 'task_done'):
                q.task_done()

    threads = [threading.Thread(target=produce, args=(n,)) for n in range(PRODUCERS)]
    threads += [threading.Thread(target=consume, args=(into,)) for into in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if hasattr(q, 'join'):
        q.join()
    return sorted(item for into in taken for item in into) == list(range(PRODUCERS * ITEMS)) and q.empty()


for make in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue, lambda: queue.Queue(3)):
    print(run(make()))

# One item for many who wait, again and again.
q = queue.SimpleQueue()
results = queue.SimpleQueue()
waiting = [threading.Thread(target=lambda: results.put(q.get())) for _ in range(8)]
for thread in waiting:
    thread.start()
for i in range(8):
    q.put(i)
for thread in waiting:
    thread.join()
print(sorted(results.get() for _ in range(8)))

# The four queues: their order, their limits, what they refuse.
import queue
import time

for kind in queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue:
    q = kind()
    for item in 3, 1, 2:
        q.put(item)
    print(kind.__name__, q.qsize(), q.empty(), [q.get() for _ in range(3)], q.empty())
    try:
        q.get_nowait()
    except queue.Empty as problem:
        print('empty', type(problem).__mro__)
    try:
        q.get(timeout=0.01)
    except queue.Empty:
        print('still empty')
    try:
        q.get(timeout=-1)
    except ValueError as problem:
        print(problem)

q = queue.Queue(2)
q.put('a')
print(q.full())
q.put('b', timeout=1)
print(q.full(), q.maxsize)
for arguments in (False,), (True, 0.01):
    try:
        q.put('c', *arguments)
    except queue.Full as problem:
        print('full', repr(problem))
try:
    q.put('c', timeout=-1)
except ValueError as problem:
    print(problem)
print(q.unfinished_tasks, q.get(), q.get_nowait())
q.task_done()
q.task_done()
q.join()
try:
    q.task_done()
except ValueError as problem:
    print(problem)

began = time.monotonic()
try:
    queue.SimpleQueue().get(True, 0.05)
except queue.Empty:
    print(0.04 < time.monotonic() - began < 5)
print(queue.Queue[int], queue.SimpleQueue[str])


class Counting(queue.Queue):
    def _put(self, item):
        super()._put((self.unfinished_tasks, item))


q = Counting()
q.put('x')
q.put('y')
print(q.get(), q.get())

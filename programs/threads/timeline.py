"""Five threads of different kinds, made to be looked at: gila trace programs/threads/timeline.py -o page.html

What to watch: two threads count, one reads (it sleeps as if it waited for input, then works a little), two share
a lock and sleep while they hold it. With the GIL only one thread is green at a time; the two that count are pushed
out every 5 ms (the triangles), and the reader is served soon after it comes back. Without the GIL the two that count
are green side by side, and nobody waits but for the lock that is shared.
"""
import threading
import time


def count(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def read(times):
    for _ in range(times):
        time.sleep(0.006)
        count(20_000)


def share(times):
    for _ in range(times):
        with lock:
            time.sleep(0.004)
            count(40_000)
        time.sleep(0.001)


lock = threading.Lock()
threads = [
    threading.Thread(target=count, args=(8_000_000,), name='counts 1'),
    threading.Thread(target=count, args=(8_000_000,), name='counts 2'),
    threading.Thread(target=read, args=(20,), name='reads'),
    threading.Thread(target=share, args=(10,), name='shares 1'),
    threading.Thread(target=share, args=(10,), name='shares 2'),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('threads that ended:', len(threads))

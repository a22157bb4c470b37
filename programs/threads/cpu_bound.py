"""CPU-bound threads: work that never waits. ./run.sh [--nogil] programs/threads/cpu_bound.py [N] [--check]

What to watch: the same loop once alone, then cut in two for two threads. Under the GIL two threads need
about as long as one: they take turns. Without it, on two cores, about half. Compare
    ./run.sh programs/threads/cpu_bound.py          with
    ./run.sh --nogil programs/threads/cpu_bound.py
"""
import sys
import threading
import time

check = "--check" in sys.argv
N = int(next((a for a in sys.argv[1:] if a.isdigit()), 20_000_000))


def count_up(n, results, i):
    total = 0
    for k in range(n):
        total += k & 3
    results[i] = total


def measure(threads):
    results = [0] * threads
    workers = [threading.Thread(target=count_up, args=(N // threads, results, i)) for i in range(threads)]
    begun = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - begun, results


alone, one = measure(1)
together, two = measure(2)
print("one thread:", one, "" if check else f"{alone:.2f} s")
print("two threads:", two, "" if check else f"{together:.2f} s, {together / alone:.2f} of the time of one")
if not check:
    enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
    print("the GIL is", "on: the threads took turns" if enabled else "off: the threads ran at once")

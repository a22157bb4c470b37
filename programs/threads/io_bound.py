"""I/O-bound threads: work that waits. ./run.sh programs/threads/io_bound.py [SECONDS]

What to watch: two waits after another, then two at once in two threads. A thread that waits lets the others
run, with or without the GIL, so the waits overlap and together take about half as long.
"""
import sys
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 0.4


def fetch(name, log):
    time.sleep(SECONDS)
    log.append(name)


def timed(f):
    begun = time.perf_counter()
    f()
    return time.perf_counter() - begun


def one_after_another():
    for name in ("first", "second"):
        fetch(name, log)


def at_once():
    threads = [threading.Thread(target=fetch, args=(name, log)) for name in ("third", "fourth")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


log = []
sequential = timed(one_after_another)
overlapped = timed(at_once)
print("fetched:", *sorted(log))
print("one after another takes both waits:", sequential >= 2 * SECONDS * 0.99)
print("two threads take about one wait:", SECONDS * 0.99 <= overlapped < 2 * SECONDS)

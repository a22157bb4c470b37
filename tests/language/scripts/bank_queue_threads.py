"""A job system on threads: a pool, futures, a pipeline with a bounded buffer; only order-free results are printed."""
import threading
from collections import deque


class Future:
    def __init__(self):
        self.done, self.value, self.error = threading.Event(), None, None

    def result(self, timeout=30):
        if not self.done.wait(timeout):
            raise TimeoutError("not done")
        if self.error is not None:
            raise self.error
        return self.value


class Pool:
    def __init__(self, size):
        self.jobs, self.condition, self.stopping = deque(), threading.Condition(), False
        self.counts = [0] * size
        self.threads = [threading.Thread(target=self.work, args=(i,)) for i in range(size)]
        for t in self.threads:
            t.start()

    def work(self, me):
        while True:
            with self.condition:
                self.condition.wait_for(lambda: self.jobs or self.stopping)
                if not self.jobs:
                    return
                future, f, args = self.jobs.popleft()
            try:
                future.value = f(*args)
            except Exception as error:
                future.error = error
            self.counts[me] += 1
            future.done.set()

    def submit(self, f, *args):
        future = Future()
        with self.condition:
            if self.stopping:
                raise RuntimeError("pool is closed")
            self.jobs.append((future, f, args))
            self.condition.notify()
        return future

    def map(self, f, items):
        return [future.result() for future in [self.submit(f, x) for x in items]]

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        with self.condition:
            self.stopping = True
            self.condition.notify_all()
        for t in self.threads:
            t.join()


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))


def explode(x):
    raise ValueError(f"no {x}")


with Pool(4) as pool:
    print([n for n, p in zip(range(50), pool.map(is_prime, range(50))) if p])
    words = "the quick brown fox jumps over the lazy dog".split()
    print(pool.map(str.upper, words), pool.map(len, words))
    futures = [pool.submit(explode, i) for i in range(2)] + [pool.submit(pow, 2, 100)]
    for f in futures:
        try:
            print(f.result())
        except ValueError as error:
            print("ValueError", error)
    nested = pool.submit(lambda: sum(x * x for x in range(1000)))
    print(nested.result(), nested.done.is_set())
print(sum(pool.counts), len(pool.counts))
try:
    pool.submit(len, [])
except RuntimeError as error:
    print(error)

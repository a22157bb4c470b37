"""One matrix product split over threads: ./run.sh [--nogil] programs/matrix_threads.py [SIZE] [--check]

What to watch: the rows are dealt out to 1, 2 and 4 threads. Under the GIL the time stays about the same,
for one thread at a time runs; without it two threads on two cores take about half. The answer is the same
either way. --check leaves out the times.
"""
import sys
import threading
import time


def make(n, seed):
    return [[(i * seed + j * 3) % 11 - 5 for j in range(n)] for i in range(n)]


def rows_of_product(a, columns, rows, out):
    for i in rows:
        row = a[i]
        out[i] = [sum(x * y for x, y in zip(row, column)) for column in columns]


def product(a, b, threads):
    columns = list(zip(*b))
    out = [None] * len(a)
    workers = [threading.Thread(target=rows_of_product, args=(a, columns, range(t, len(a), threads), out)) for t in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return out


def main(arguments):
    check = "--check" in arguments
    n = int(next((a for a in arguments if a.isdigit()), 120))
    a, b = make(n, 7), make(n, 5)
    print(f"{n} by {n}, the GIL is {'on' if getattr(sys, '_is_gil_enabled', lambda: True)() else 'off'}" if not check else f"{n} by {n}")
    expected = first = None
    for threads in (1, 2, 4):
        begun = time.perf_counter()
        result = product(a, b, threads)
        took = time.perf_counter() - begun
        expected, first = expected or result, first or took
        verdict = "the same answer" if result == expected else "ANOTHER ANSWER"
        print(f"{threads} threads: {verdict}, checksum {sum(map(sum, result))}" + ("" if check else f", {took:.2f} s, {took / first:.2f} of one thread's time"))


if __name__ == "__main__":
    main(sys.argv[1:])

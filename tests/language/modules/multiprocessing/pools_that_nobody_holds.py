# A pool that nobody holds dies, whatever its last calls brought; one that is closed takes no calls.
import gc
import time
import warnings
import weakref
from multiprocessing.pool import ThreadPool

if __name__ == '__main__':
    warnings.simplefilter('ignore', ResourceWarning)
    pool = ThreadPool(2)
    print(pool.map(len, ['a', 'bc']))
    try:
        pool.map(len, [1])
    except TypeError as problem:
        print(problem)

    def numbers():
        yield 1
        raise ValueError('no more')

    results = pool.imap(abs, numbers())
    print(next(results))
    try:
        next(results)
    except ValueError as problem:
        print(problem)
    reference = weakref.ref(pool)
    del pool, results
    # A thread of the pool may still be busy with the last result.
    deadline = time.monotonic() + 60
    while reference() is not None and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.01)
    print(reference() is None)
    pool = ThreadPool(1)
    pool.close()
    pool.join()
    for call in (lambda: pool.apply(abs, (1,)), lambda: pool.map(abs, []), lambda: pool.imap(abs, [])):
        try:
            call()
        except ValueError as problem:
            print(problem)

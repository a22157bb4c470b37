# Objects of a manager may hold each other by proxies; pools that nobody holds die.
import gc
import multiprocessing
import time
import warnings
import weakref
from multiprocessing.pool import ThreadPool

if __name__ == '__main__':
    with multiprocessing.Manager() as manager:
        inner = manager.list([1, 2])
        outer = manager.list([inner, 'x'])
        inner.append(3)
        print(len(outer), outer[0], outer[1])
        outer[0].append(4)
        del inner
        gc.collect()
        print(outer[0], outer[0][-1], [len(item) for item in outer])

        folder = manager.dict(a=manager.dict(b=1), q=manager.Queue())
        folder['a']['c'] = 2
        folder['q'].put('mail')
        print(sorted(folder['a'].items()), folder['q'].get(), sorted(folder))

        space = manager.Namespace(x=manager.list('ab'), _hidden=1)
        print(space.x[1], space.x)
        value = manager.Value('i', 7)
        value.value += 1
        print(value.value, value, manager.Array('i', [1, 2])[1])
        with manager.Pool(processes=2) as pool:
            print(pool.map(abs, [-1, 2, -3]), pool.apply_async(divmod, (7, 2)).get(), list(pool.imap(str, range(3))))
        try:
            outer.nothing()
        except AttributeError as problem:
            print(problem)
        try:
            folder['missing']
        except KeyError as problem:
            print('KeyError', problem)
    print('shut down')

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

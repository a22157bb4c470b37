# Pools of processes and of threads, ProcessPoolExecutor, managers, shared memory, the spawn context.
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import Manager, Pool, shared_memory
from multiprocessing.connection import Client, Listener
from multiprocessing.pool import ThreadPool


def square(x):
    return x * x


def fail(x):
    raise ValueError(f'no {x}')


def change(d, l, n):
    d['key'] = 'value'
    l.append(3)
    n.x = 10


def set_up(value):
    global prepared
    prepared = value


def get_prepared(_):
    return prepared


def touch(name):
    block = shared_memory.SharedMemory(name)
    block.buf[1] = 99
    block.close()


def knock(address):
    with Client(address, authkey=b'secret') as connection:
        connection.send('hello')
        return connection.recv()


if __name__ == '__main__':
    for make in Pool, ThreadPool:
        with make(2, initializer=set_up, initargs=('ready',)) as pool:
            print(pool.map(square, range(8)), pool.apply(square, (3,)), pool.map(get_prepared, [0]))
            print(list(pool.imap(square, range(5))), sorted(pool.imap_unordered(square, range(5), chunksize=2)))
            print(pool.starmap(pow, [(2, 3), (3, 2)]), pool.map_async(square, [1, 2, 3]).get(20))
            got = []
            result = pool.apply_async(square, (7,), callback=got.append)
            print(result.get(20), result.successful(), got)
            for attempt in (lambda: pool.map(fail, [1]), lambda: pool.apply_async(fail, (2,)).get(20)):
                try:
                    attempt()
                except ValueError as problem:
                    print(problem, type(problem.__cause__).__name__)
            pool.close()
            pool.join()
            try:
                pool.map(square, [1])
            except ValueError as problem:
                print(problem)

    with ProcessPoolExecutor(2) as pool:
        print(list(pool.map(square, range(6), chunksize=2)), pool.submit(square, 12).result())
        try:
            pool.submit(fail, 5).result()
        except ValueError as problem:
            print(problem, type(problem.__cause__).__name__)
    with ProcessPoolExecutor(1) as pool:
        try:
            pool.submit(os._exit, 1).result()
        except BrokenProcessPool as problem:
            print(problem)

    with Manager() as manager:
        d, l, n = manager.dict(), manager.list([1, 2]), manager.Namespace()
        process = multiprocessing.Process(target=change, args=(d, l, n))
        process.start()
        process.join()
        print(dict(d), list(l), str(l), n.x, len(d), l[-1], 'key' in d)
        q = manager.Queue()
        q.put('through a manager')
        print(q.get(), q.empty())
        with manager.Lock():
            print('locked')
        try:
            d['missing']
        except KeyError as problem:
            print('KeyError', problem)

    block = shared_memory.SharedMemory(create=True, size=16)
    block.buf[0] = 7
    process = multiprocessing.Process(target=touch, args=(block.name,))
    process.start()
    process.join()
    print(block.buf[0], block.buf[1], block.size >= 16)
    block.close()
    block.unlink()

    with Listener(authkey=b'secret') as listener:
        with ThreadPool(1) as pool:
            answer = pool.apply_async(knock, (listener.address,))
            with listener.accept() as connection:
                print(connection.recv())
                connection.send('welcome')
            print(answer.get(20))

    spawn = multiprocessing.get_context('spawn')
    q = spawn.Queue()
    process = spawn.Process(target=q.put, args=('spawned',))
    process.start()
    print(q.get(), process.join(), process.exitcode)
    with spawn.Pool(1) as pool:
        print(pool.map(square, [5, 6]))

"""Processes that the fork server makes: queues, exit codes, signals, pools, descriptors, their own children."""
import multiprocessing
import os
import signal
import sys
import time


def answer(queue, number):
    queue.put((number, number * number))


def leave(code):
    sys.exit(code)


def fail():
    sys.stderr = open(os.devnull, 'w')
    raise ValueError('no')


def sleep():
    time.sleep(100)


def talk(connection):
    connection.send([multiprocessing.current_process().name, connection.recv()])


def grandparent(queue):
    context = multiprocessing.get_context('forkserver')
    child = context.Process(target=answer, args=(queue, 9))
    child.start()
    child.join()
    queue.put(child.exitcode)


def main():
    context = multiprocessing.get_context('forkserver')
    print(multiprocessing.get_all_start_methods(), context.get_start_method())
    queue = context.Queue()
    processes = [context.Process(target=answer, args=(queue, n)) for n in range(4)]
    for process in processes:
        process.start()
    print(sorted(queue.get() for _ in processes))
    for process in processes:
        process.join()
    print([process.exitcode for process in processes])

    for target, args in ((leave, (3,)), (fail, ())):
        process = context.Process(target=target, args=args)
        process.start()
        process.join()
        print(target.__name__, process.exitcode, process.is_alive())

    process = context.Process(target=sleep)
    process.start()
    print(process.is_alive(), process.exitcode)
    process.terminate()
    process.join()
    print(process.exitcode == -signal.SIGTERM)

    ours, theirs = context.Pipe()
    process = context.Process(target=talk, args=(theirs,), name='talker')
    process.start()
    ours.send('hello')
    print(ours.recv())
    process.join()

    process = context.Process(target=grandparent, args=(queue,))
    process.start()
    print(queue.get(), queue.get())
    process.join()

    with context.Pool(2) as pool:
        print(pool.map(abs, [-1, 2, -3]))
    context.set_forkserver_preload(['colorsys'])


if __name__ == '__main__':
    main()

# Processes by fork: queues, pipes, locks, shared values, events, barriers, exit codes.
import multiprocessing
import os
import sys
import time
from multiprocessing import (Array, Barrier, Condition, Event, JoinableQueue, Lock, Pipe, Process, Queue, RLock, Semaphore,
                             SimpleQueue, Value)


def tell(q):
    q.put((os.getpid() != main_pid, multiprocessing.current_process().name, multiprocessing.parent_process().name))


def add(value, lock):
    for _ in range(200):
        with lock:
            value.value += 1


def talk(connection):
    connection.send([1, 'two'])
    connection.send_bytes(b'bytes')
    connection.send(connection.recv() * 2)
    connection.close()


def wait_for(event, q):
    q.put(event.wait(10))


def fill(array):
    for i in range(len(array)):
        array[i] = i * i


def meet(barrier, q):
    q.put(barrier.wait() in (0, 1))


def leave(code):
    sys.exit(code)


def raise_error():
    sys.stderr = open(os.devnull, 'w')
    raise KeyError('lost')


def consume(q):
    while True:
        item = q.get()
        q.task_done()
        if item is None:
            break


def notify(condition, value):
    with condition:
        value.value = 1
        condition.notify()


def run(target, *arguments):
    process = Process(target=target, args=arguments)
    process.start()
    process.join()
    return process.exitcode


main_pid = os.getpid()
if __name__ == '__main__':
    print(multiprocessing.get_start_method(), multiprocessing.get_all_start_methods()[0], multiprocessing.parent_process())
    q = Queue()
    process = Process(target=tell, args=(q,), name='teller')
    print(process.name, process.exitcode, process.is_alive(), process.pid)
    process.start()
    print(q.get())
    process.join()
    print(process.exitcode, process.is_alive(), process.pid > 0, q.empty())

    value, lock = Value('i', 5), Lock()
    processes = [Process(target=add, args=(value, lock)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(value.value, [process.exitcode for process in processes])

    ours, theirs = Pipe()
    process = Process(target=talk, args=(theirs,))
    process.start()
    theirs.close()
    print(ours.recv(), ours.recv_bytes(), ours.send('ab'), ours.recv(), ours.poll(5))
    try:
        ours.recv()
    except EOFError:
        print('EOFError')
    process.join()

    event, q = Event(), Queue()
    process = Process(target=wait_for, args=(event, q))
    process.start()
    event.set()
    print(q.get(), event.is_set())
    process.join()

    array, text = Array('d', 4), Array('c', b'hello')
    print(run(fill, array), array[:], text.value, len(text), array[2])
    barrier, q = Barrier(2), SimpleQueue()
    processes = [Process(target=meet, args=(barrier, q)) for _ in range(2)]
    for process in processes:
        process.start()
    print(q.get(), q.get())
    for process in processes:
        process.join()

    print(run(leave, 5), run(leave, None), run(raise_error), run(os._exit, 3), run(leave, True))
    process = Process(target=time.sleep, args=(60,), daemon=True)
    process.start()
    process.join(0.01)
    print(process.exitcode, process.is_alive(), process in multiprocessing.active_children())
    process.terminate()
    process.join()
    print(process.exitcode, multiprocessing.active_children())

    q = JoinableQueue(2)
    process = Process(target=consume, args=(q,))
    process.start()
    for item in 1, 2, 3, None:
        q.put(item)
    q.join()
    process.join()
    print('joined', process.exitcode)

    condition, value = Condition(), Value('i', 0)
    process = Process(target=notify, args=(condition, value))
    with condition:
        process.start()
        print(condition.wait_for(lambda: value.value, 10))
    process.join()

    lock, rlock, semaphore = Lock(), RLock(), Semaphore(2)
    print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release())
    print(rlock.acquire(), rlock.acquire(), rlock.release(), rlock.release(), semaphore.get_value())
    for bad in (lock.release, rlock.release, lambda: process.start(), lambda: Process(target=1, group=1),
                lambda: multiprocessing.set_start_method('nonsense'), lambda: Value('zz', 1)):
        try:
            bad()
        except Exception as problem:
            print(type(problem).__name__, problem)
    try:
        Queue().get(timeout=0.01)
    except Exception as problem:
        print(type(problem).__name__)

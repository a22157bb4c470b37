# In each of these programs every thread but one waits without a limit, for longer than the report's patience, and that one is busy
# in a way that the report must know: in another process, in an event loop, in a wait with a limit. Each is a process of its own.
import asyncio
import concurrent.futures
import multiprocessing
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time

LONG = 1.3


def pool_of_threads():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        slow = pool.submit(time.sleep, LONG)
        return concurrent.futures.wait([slow]).done == {slow} and list(pool.map(str, range(3)))


def late(number):
    time.sleep(LONG)
    return number


def pool_of_processes():
    with multiprocessing.Pool(1) as pool:
        return pool.map(late, [1, 2])


def lock_of_processes():
    lock = multiprocessing.Lock()
    lock.acquire()
    child = multiprocessing.Process(target=lambda: (time.sleep(LONG), lock.release()))
    child.start()
    other = threading.Thread(target=lock.acquire)
    other.start()
    other.join()
    child.join()
    return child.exitcode


def loop_in_a_thread():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    result = asyncio.run_coroutine_threadsafe(asyncio.sleep(LONG, 'slept'), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    return result


def queue_of_daemons():
    jobs = queue.Queue()

    def work():
        while True:
            time.sleep(jobs.get())
            jobs.task_done()

    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    jobs.put(LONG)
    jobs.join()
    return jobs.qsize()


def condition_with_limits():
    condition = threading.Condition()

    def notify_late():
        with condition:
            condition.wait_for(lambda: False, LONG)
            condition.notify_all()

    with condition:
        threading.Thread(target=notify_late).start()
        return condition.wait()


def barrier_and_semaphore():
    barrier, semaphore, lock = threading.Barrier(2), threading.Semaphore(0), threading.RLock()

    def work():
        with lock:
            with lock:
                time.sleep(LONG)
        barrier.wait()
        semaphore.release()

    thread = threading.Thread(target=work)
    thread.start()
    barrier.wait()
    semaphore.acquire()
    with lock:
        thread.join()
    return barrier.n_waiting


def reading_a_child():
    def read():
        child = subprocess.Popen(['sh', '-c', f'sleep {LONG}; echo said'], stdout=subprocess.PIPE, text=True)
        said.append(child.stdout.read())
        child.wait()

    said = []
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    return said


def reading_a_socket():
    left, right = socket.socketpair()
    threading.Timer(LONG, left.send, (b'x',)).start()
    received = []
    thread = threading.Thread(target=lambda: received.append(right.recv(1)))
    thread.start()
    thread.join()
    return received


def handler_of_a_signal():
    event = threading.Event()
    signal.signal(signal.SIGALRM, lambda *_: event.set())
    signal.setitimer(signal.ITIMER_REAL, LONG)
    thread = threading.Thread(target=event.wait)
    thread.start()
    event.wait()
    thread.join()
    return event.is_set()


def ready_for_ctrl_c():
    """Idle workers, and a main thread that can be ended by Ctrl-C alone."""
    jobs = queue.Queue()
    for _ in range(2):
        threading.Thread(target=jobs.get, daemon=True).start()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main = os.getpid()
    try:
        sender = subprocess.Popen(['sh', '-c', f'sleep {LONG}; kill -INT {main}'])
        threading.Event().wait()
    except KeyboardInterrupt:
        return 'interrupted', sender.wait()


def module_being_imported():
    path = os.path.join(os.environ['TMPDIR'], 'slow_module.py')
    with open(path, 'w') as file:
        file.write(f'import time\ntime.sleep({LONG})\nready = True\n')
    sys.path.insert(0, os.environ['TMPDIR'])
    threads = [threading.Thread(target=__import__, args=('slow_module',)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sys.modules['slow_module'].ready


multiprocessing.set_start_method('fork')
children = []
for program in (pool_of_threads, pool_of_processes, lock_of_processes, loop_in_a_thread, queue_of_daemons, condition_with_limits,
                barrier_and_semaphore, reading_a_child, reading_a_socket, handler_of_a_signal, ready_for_ctrl_c,
                module_being_imported):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, repr(program()).encode())
        os._exit(0)
    os.close(writer)
    children.append((program.__name__, pid, reader))
for name, pid, reader in children:
    with open(reader) as answer:
        print(name, answer.read(), os.waitpid(pid, 0)[1])

# Threads that hand locks, events and ends to each other all the time come close to "everybody waits"
# again and again; so do waits with a time limit, sleeps and system calls. None of it is a deadlock.
import os
import threading
import time


def ping_pong(rounds):
    ping, pong = threading.Lock(), threading.Lock()
    ping.acquire()
    pong.acquire()

    def answer():
        for _ in range(rounds):
            ping.acquire()
            pong.release()

    other = threading.Thread(target=answer)
    other.start()
    for _ in range(rounds):
        ping.release()
        pong.acquire()
    other.join()
    return rounds


def chain_of_joins(length):
    previous = None
    for _ in range(length):
        def wait(before=previous):
            if before is not None:
                before.join()
        previous = threading.Thread(target=wait)
        previous.start()
    previous.join()
    return length


def slow(seconds, how):
    """All others wait without a limit, longer than the report's patience, for a thread that is busy elsewhere."""
    event = threading.Event()

    def work():
        how(seconds)
        event.set()

    threading.Thread(target=work).start()
    waiters = [threading.Thread(target=event.wait) for _ in range(3)]
    for waiter in waiters:
        waiter.start()
    event.wait()
    for waiter in waiters:
        waiter.join()
    return "woken"


def read_a_pipe(seconds):
    reader, writer = os.pipe()
    threading.Timer(seconds, lambda: os.write(writer, b"x")).start()
    os.read(reader, 1)


def timed_waits(seconds):
    lock = threading.Lock()
    lock.acquire()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        lock.acquire(timeout=0.2)


print(ping_pong(3000))
print(chain_of_joins(100))
for how in (time.sleep, read_a_pipe, timed_waits):
    print(how.__name__, slow(1.5, how))

# A lone thread that waits for an event waits for a signal, say Ctrl-C.
pid = os.fork()
if pid == 0:
    time.sleep(1.5)
    os.kill(os.getppid(), 2)
    os._exit(0)
try:
    threading.Event().wait()
except KeyboardInterrupt:
    print("interrupted")
os.waitpid(pid, 0)

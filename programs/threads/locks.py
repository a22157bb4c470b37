"""Locks: what one thread does must not be half seen by another. ./run.sh programs/threads/locks.py

What to watch: between reading and writing a balance another thread may run, and its change is lost. The
first part stages that by hand, step by step, so that it happens every time; with a lock it cannot. The rest
shows a reentrant lock, an event, a condition and a barrier.
"""
import threading


class Account:
    def __init__(self):
        self.balance = 0


def lost_update():
    """Two threads both read, then both write: one deposit is lost."""
    account, both_have_read = Account(), threading.Barrier(2)

    def deposit(amount):
        read = account.balance
        both_have_read.wait()
        account.balance = read + amount

    run(deposit, [(50,), (50,)])
    return account.balance


def kept_update():
    account, lock = Account(), threading.Lock()

    def deposit(amount):
        for _ in range(amount):
            with lock:
                account.balance += 1

    run(deposit, [(5000,)] * 4)
    return account.balance


def critical_section():
    """Never two inside, whatever the order of the threads."""
    lock, log = threading.Lock(), []

    def visit(name):
        with lock:
            log.append(f"{name} in")
            for _ in range(20_000):
                pass
            log.append(f"{name} out")

    run(visit, [(name,) for name in "ABC"])
    return all(log[i][0] == log[i + 1][0] for i in range(0, len(log), 2)), len(log)


def reentrant():
    lock = threading.RLock()

    def depth(n):
        with lock:
            return 0 if n == 0 else 1 + depth(n - 1)

    return depth(10)


def ping_pong(rounds):
    log, turn, condition = [], ["ping"], threading.Condition()

    def play(me, other):
        for _ in range(rounds):
            with condition:
                condition.wait_for(lambda: turn[0] == me)
                log.append(me)
                turn[0] = other
                condition.notify_all()

    run(play, [("ping", "pong"), ("pong", "ping")])
    return log


def run(target, arguments):
    threads = [threading.Thread(target=target, args=a) for a in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


print("without a lock, 50 + 50 =", lost_update())
print("with a lock, 4 times 5000 =", kept_update())
print("critical section kept, entries and exits:", *critical_section())
print("a reentrant lock, taken again ten times:", reentrant())
print("a condition hands the turn over:", *ping_pong(3))
start, order = threading.Event(), []
waiting = [threading.Thread(target=lambda: (start.wait(), order.append("started"))) for _ in range(3)]
for thread in waiting:
    thread.start()
order.append("ready")
start.set()
for thread in waiting:
    thread.join()
print("an event starts them together:", *order)

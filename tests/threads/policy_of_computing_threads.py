"""Whatever the interpreter tells the kernel about a thread that computes while others come and go, a program that looks at
scheduling policies sees the ordinary one: in the thread itself, its child processes and the threads that it starts.
"""
import os
import subprocess
import sys
import threading
import time

POLICY = "import os; print(os.sched_getscheduler(0) == os.SCHED_OTHER)"


def compute(until):
    total = 0
    while not until.is_set():
        for i in range(1000):
            total += i
    return total


def visit(times):
    """Blocks and comes back, again and again: each time the computing thread is interrupted."""
    for _ in range(times):
        time.sleep(0.001)


def look(what):
    visited = threading.Event()
    found = []

    def run():
        compute(visited)
        found.append(what())

    thread = threading.Thread(target=run)
    thread.start()
    visit(30)
    visited.set()
    thread.join()
    return found[0]


def own_policy():
    return os.sched_getscheduler(0) == os.SCHED_OTHER


def own_parameters():
    return os.sched_getparam(0) == os.sched_param(0)


def forked():
    pid = os.fork()
    if pid == 0:
        os._exit(0 if own_policy() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def spawned():
    return subprocess.run([sys.executable, "-c", POLICY], stdout=subprocess.PIPE, text=True).stdout.strip()


def prepared():
    return subprocess.run([sys.executable, "-c", POLICY], stdout=subprocess.PIPE, text=True,
                          preexec_fn=lambda: None).stdout.strip()


def started():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(own_policy()))
    thread.start()
    thread.join()
    return seen[0]


def changed():
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    mine = os.sched_getscheduler(0) == os.SCHED_BATCH
    done = threading.Event()
    guest = threading.Thread(target=lambda: (visit(30), done.set()))
    guest.start()
    compute(done)
    guest.join()
    time.sleep(0.001)
    return mine and os.sched_getscheduler(0) == os.SCHED_BATCH


for what in own_policy, own_parameters, forked, spawned, prepared, started, changed:
    print(what.__name__, look(what))

"""Ten thousand threads that sleep at once: seconds to start and to end them, and the memory of one."""
import threading
import time

from measure import say

COUNT = 10_000


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4


gate, asleep = threading.Event(), threading.Semaphore(0)


def sleeper():
    asleep.release()
    gate.wait()


threading.stack_size(256 * 1024)
before, begun = resident(), time.process_time()
threads = [threading.Thread(target=sleeper) for _ in range(COUNT)]
for thread in threads:
    thread.start()
for _ in range(COUNT):
    asleep.acquire()
say("10,000 sleeping threads: memory of one", (resident() - before) / COUNT, "KiB")
gate.set()
for thread in threads:
    thread.join()
say("10,000 sleeping threads: CPU", time.process_time() - begun, "s")

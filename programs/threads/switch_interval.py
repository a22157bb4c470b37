"""The switch interval: how long a thread may run while others wait. ./run.sh programs/threads/switch_interval.py [--check]

What to watch: 5 milliseconds by default; it can be read and set. A short interval makes threads take turns
more often: smoother, and a little slower. It is kept in whole microseconds, hence 9.999999999999999e-05.
"""
import sys
import threading
import time


def turns(interval, seconds=0.2):
    """How often two computing threads took turns in that time."""
    sys.setswitchinterval(interval)
    log = []

    end = time.monotonic() + seconds

    def work(name):
        while time.monotonic() < end:
            for _ in range(500):
                pass
            log.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(a != b for a, b in zip(log, log[1:]))


print("by default:", sys.getswitchinterval())
for interval in (0.0001, 0.001, 0.01):
    count = turns(interval)
    if "--check" in sys.argv and not count:
        count = turns(interval, 10)  # the machine was busy with others
    print(f"set to {interval}, read {sys.getswitchinterval()}:", "took turns" if count else "never switched",
          "" if "--check" in sys.argv else f"{count} times in 0.2 s")
try:
    sys.setswitchinterval(0)
except ValueError as error:
    print("0 is refused:", error)

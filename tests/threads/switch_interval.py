import sys
import threading
import time
print(sys.getswitchinterval())
sys.setswitchinterval(0.0001)
print(sys.getswitchinterval())
for bad in (0, -1, "x"):
    try:
        sys.setswitchinterval(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
runs = []


end = time.monotonic() + 30  # a limit for machines that stand still; a few milliseconds are enough


def changes():
    taken = runs[:]
    return sum(a != b for a, b in zip(taken, taken[1:]))


def work(me):
    while time.monotonic() < end and (len(runs) <= 20 or changes() <= 2):
        for _ in range(500):
            pass
        runs.append(me)


threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(runs) > 20, changes() > 2)
sys.setswitchinterval(0.5)
print(sys.getswitchinterval())

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


end = time.monotonic() + 0.3


def work(me):
    while time.monotonic() < end:
        for _ in range(500):
            pass
        runs.append(me)


threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
changes = sum(a != b for a, b in zip(runs, runs[1:]))
print(len(runs) > 20, changes > 2)
sys.setswitchinterval(0.5)
print(sys.getswitchinterval())

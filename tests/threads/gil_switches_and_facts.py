import sys
import threading
enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
print(isinstance(enabled, bool), 0 < sys.getswitchinterval() < 1)
progress = {0: 0, 1: 0}
stop = False


def spin(me):
    while not stop:
        progress[me] += 1


threads = [threading.Thread(target=spin, args=(n,)) for n in range(2)]
for t in threads:
    t.start()
import time
limit = time.monotonic() + 30
while min(progress.values()) < 1000 and time.monotonic() < limit:
    time.sleep(0.01)
stop = True
for t in threads:
    t.join()
print(min(progress.values()) >= 1000)

import _thread
import threading
import time


def poke():
    time.sleep(0.05)
    _thread.interrupt_main()


for kind in ("sleep", "loop", "lock"):
    lock = threading.Lock()
    lock.acquire()
    t = threading.Thread(target=poke)
    t.start()
    begun = time.monotonic()
    try:
        while time.monotonic() - begun < 20:
            if kind == "sleep":
                time.sleep(0.01)
            elif kind == "lock":
                lock.acquire(timeout=0.01)
        print("not interrupted")
    except KeyboardInterrupt:
        print(kind, "interrupted", time.monotonic() - begun < 15)
    t.join()
try:
    threading.Thread(target=poke).start()
    time.sleep(1)
except KeyboardInterrupt:
    print("once more")

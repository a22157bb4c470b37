import threading
t = threading.Thread(target=lambda a, b=1: print("running", a, b, threading.current_thread().name), args=(5,), kwargs={"b": 6}, name="worker")
print(t.name, t.is_alive(), t.daemon, t.ident, repr(t))
t.start()
t.join()
print(t.is_alive(), t.ident is not None)
for call in (lambda: t.start(), lambda: threading.Thread(target=1, args=5).join(), lambda: threading.current_thread().join(), lambda: threading.Thread(5)):
    try:
        call()
    except (RuntimeError, AssertionError, TypeError) as e:
        print(type(e).__name__, e)
print(threading.main_thread() is threading.current_thread(), threading.active_count(), [x.name for x in threading.enumerate()], threading.main_thread().name, threading.get_ident() == threading.main_thread().ident, threading.Thread().name[:7])


class Own(threading.Thread):
    def __init__(self):
        super().__init__(name="own")
        self.result = None

    def run(self): self.result = sum(range(100))


o = Own()
o.start(); o.join()
print(o.result, o.name)
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
with lock:
    print(lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print(e)
r = threading.RLock()
print(r.acquire(), r.acquire(), r.release(), r.release())
try:
    r.release()
except RuntimeError as e:
    print(e)
e = threading.Event()
print(e.is_set(), e.wait(0.01), e.set(), e.wait(), e.is_set(), e.clear(), e.is_set())
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.release(), s.acquire(timeout=1))
b = threading.BoundedSemaphore(1)
try:
    b.release()
except ValueError as e:
    print(e)
c = threading.Condition()
for call in (lambda: c.wait(), lambda: c.notify(), lambda: c.release(), lambda: lock.acquire(timeout=-5), lambda: threading.Semaphore(-1), lambda: lock.acquire(False, timeout=1), lambda: threading.Barrier(0)):
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__, e)
local = threading.local()
local.x = 1
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
t.start(); t.join()
print(seen, local.x)
timer = threading.Timer(0.01, print, ["timer fired"])
timer.start(); timer.join()
cancelled = threading.Timer(5, print, ["never"])
cancelled.start(); cancelled.cancel(); cancelled.join()
print("done")

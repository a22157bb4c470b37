import threading
import time
lock = threading.Lock()
inside = 0
most = 0
entered = [0] * 5


def work(me):
    global inside, most
    for _ in range(200):
        with lock:
            inside += 1
            most = max(most, inside)
            entered[me] += 1
            inside -= 1


threads = [threading.Thread(target=work, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(most, entered)
order = []
lock.acquire()


def waiter():
    with lock:
        order.append("waiter")


t = threading.Thread(target=waiter)
t.start()
time.sleep(0.05)
order.append("owner")
lock.release()
t.join()
print(order)
begun = time.monotonic()
lock.acquire()
print(lock.acquire(timeout=0.1), 0.08 < time.monotonic() - begun < 5, lock.acquire(blocking=False))
t = threading.Thread(target=lock.release)
t.start(); t.join()
print(lock.locked(), lock.acquire(timeout=1))

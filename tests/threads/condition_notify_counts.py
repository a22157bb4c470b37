# notify(n) wakes n waiters, notify_all the others.
import threading
import time
c = threading.Condition()
waiting = 0
woken = []


def wait(n):
    global waiting
    with c:
        waiting += 1
        c.wait()
        woken.append(n)


threads = [threading.Thread(target=wait, args=(n,)) for n in range(6)]
for t in threads:
    t.start()


def until(test):
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        with c:
            if test():
                return True
        time.sleep(0.005)
    return False


print(until(lambda: waiting == 6))
with c:
    c.notify()
print(until(lambda: len(woken) == 1))
with c:
    c.notify(2)
print(until(lambda: len(woken) == 3))
time.sleep(0.05)
print(len(woken))
with c:
    c.notify_all()
for t in threads:
    t.join()
print(sorted(woken))

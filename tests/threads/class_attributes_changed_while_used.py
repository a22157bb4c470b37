# Methods and class attributes change while other threads call them: each call sees the old or the new one.
import threading


class C:
    value = 0

    def method(self):
        return 0


stop = threading.Event()
bad = []


def use():
    c = C()
    while not stop.is_set():
        for _ in range(50):
            if c.method() not in range(200) or c.value not in range(200):
                bad.append(1)


threads = [threading.Thread(target=use) for _ in range(4)]
for t in threads:
    t.start()
for n in range(200):
    C.method = lambda self, n=n: n
    C.value = n
stop.set()
for t in threads:
    t.join()
print(bad, C().method(), C.value)

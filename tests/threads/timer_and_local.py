import threading
import time
fired = []
t = threading.Timer(0.02, lambda *a, **k: fired.append((a, k)), [1], {"x": 2})
t.start()
t.join()
print(fired, t.is_alive())
c = threading.Timer(10, fired.append, ["never"])
c.start()
c.cancel()
begun = time.monotonic()
c.join()
print(time.monotonic() - begun < 5, len(fired))
local = threading.local()
local.x = "main"
seen = {}


def work(n):
    seen[n] = [hasattr(local, "x")]
    local.x = n
    for _ in range(100):
        assert local.x == n
    seen[n].append(local.x)


threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([seen[n] for n in range(6)], local.x)


class Mine(threading.local):
    made = []

    def __init__(self, start):
        self.value = start
        Mine.made.append(threading.current_thread().name)


m = Mine(5)
m.value += 1
out = []


def use():
    m.value += 10
    out.append(m.value)


t = threading.Thread(target=use, name="second")
t.start(); t.join()
print(m.value, out, Mine.made)

import gc
import threading
import weakref
log = []


class F:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)


refs = []


def make(me):
    for i in range(200):
        f = F((me, i))
        f.cycle = f
        refs.append(weakref.ref(f))


threads = [threading.Thread(target=make, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for _ in range(3):
    gc.collect()
print(len(refs), len(log) == len(set(log)), len(log) > 780, sum(r() is None for r in refs) > 780)

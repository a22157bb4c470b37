# Many threads import the same modules at once: each is run once.
import sys
import threading
barrier = threading.Barrier(8)
seen = []
names = ["json", "random", "string", "collections", "functools", "operator", "itertools", "socket"]


def work():
    barrier.wait()
    mods = [__import__(n) for n in names]
    seen.append(tuple(id(m) for m in mods))


threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(seen), len(set(seen)), all(n in sys.modules for n in names))

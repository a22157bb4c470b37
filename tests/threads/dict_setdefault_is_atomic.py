# setdefault gives every thread the same object for a key.
import threading
d = {}
results = [[] for _ in range(8)]
start = threading.Barrier(8)


def work(me):
    start.wait()
    for i in range(500):
        results[me].append(d.setdefault(i, object()))


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(d), all(results[n][i] is d[i] for n in range(8) for i in range(500)))

# Threads write their own keys and one common key: all own keys are there with the right values.
import threading
d = {}
counts = {"common": 0}
lock = threading.Lock()


def work(me):
    for i in range(2000):
        d[me, i] = i
        d["last"] = me
        if i % 3 == 0:
            del d[me, i]
        with lock:
            counts["common"] += 1


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(d), counts)
print(all(d[n, i] == i for n in range(8) for i in range(2000) if i % 3), d["last"] in range(8))

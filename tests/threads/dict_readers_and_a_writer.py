# Readers look at a dictionary that a writer grows, shrinks and clears: they see a value that was there, or none.
import threading
d = {}
stop = threading.Event()
wrong = []


def read():
    seen = 0
    while not stop.is_set():
        for k in range(0, 200, 7):
            v = d.get(k, k * 2)
            if v != k * 2:
                wrong.append((k, v))
            seen += 1
        try:
            for k, v in d.items():
                if v != k * 2:
                    wrong.append((k, v))
        except RuntimeError:
            pass
        list(d), len(d), dict(d), sorted(d.copy())
    return seen


readers = [threading.Thread(target=read) for _ in range(4)]
for t in readers:
    t.start()
for round_ in range(60):
    for k in range(200):
        d[k] = k * 2
    for k in range(0, 200, 2):
        del d[k]
    if round_ % 5 == 0:
        d.clear()
stop.set()
for t in readers:
    t.join()
print("wrong values:", wrong)

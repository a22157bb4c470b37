# Threads add attributes to one instance and change others: every attribute arrives.
import threading


class Thing:
    def __init__(self):
        self.total = 0


thing = Thing()
lock = threading.Lock()


def work(me):
    for i in range(300):
        setattr(thing, f"a{me}_{i}", i)
        thing.last = me
        with lock:
            thing.total += 1
        assert getattr(thing, f"a{me}_{i}") == i
        if i % 4 == 0:
            delattr(thing, f"a{me}_{i}")


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(vars(thing)), thing.total, thing.last in range(8))
print(all(getattr(thing, f"a{n}_{i}") == i for n in range(8) for i in range(300) if i % 4))

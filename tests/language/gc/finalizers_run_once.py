import gc
log = []


class F:
    def __init__(self, n):
        self.n, self.me = n, self

    def __del__(self):
        log.append(self.n)


class Resurrected:
    saved = []

    def __init__(self): self.me = self

    def __del__(self):
        log.append("resurrected")
        Resurrected.saved.append(self)


class Raises:
    def __init__(self): self.me = self


def make():
    for i in range(50):
        F(i)
    Resurrected()


def clear_stack(n=60):
    return n and clear_stack(n - 1)


make()
clear_stack()
for _ in range(4):
    gc.collect()
numbers = [x for x in log if x != "resurrected"]
print(len(numbers) >= 48, len(numbers) == len(set(numbers)), log.count("resurrected") <= 1, len(Resurrected.saved) <= 1)
print(all(r.me is r for r in Resurrected.saved))
Resurrected.saved.clear()
gc.collect()
gc.collect()
print(log.count("resurrected") <= 1)

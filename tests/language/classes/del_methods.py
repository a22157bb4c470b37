import gc
log = []


class R:
    def __init__(self, name): self.name = name
    def __del__(self): log.append(self.name)


def scope():
    a = R("a")
    b = R("b")
    a.other, b.other = b, a


def clear_stack(n=50):
    return n and clear_stack(n - 1)


for _ in range(3):
    scope()
clear_stack()
gc.collect()
gc.collect()
print(sorted(set(log)), len(log) >= 4)

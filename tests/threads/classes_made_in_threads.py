# Types, functions and closures are made in many threads at once.
import threading
made = []


def work(me):
    for i in range(60):
        class Local:
            tag = (me, i)
            def __init__(self, x): self.x = x
            def get(self): return self.x, self.tag
        T = type(f"T{me}_{i}", (Local,), {"extra": lambda self: self.x * 2})
        t = T(i)
        assert t.get() == (i, (me, i)) and t.extra() == i * 2 and T.__name__ == f"T{me}_{i}"
        made.append(T)


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(made), len(set(made)), len({c.__name__ for c in made}))

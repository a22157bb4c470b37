import threading
s = set()
removed = [0] * 8


def work(me):
    for i in range(2000):
        s.add((me, i))
        s.add(i % 10)
        if i % 2:
            s.discard((me, i))
            removed[me] += 1
        (me, i - 1) in s, len(s)
        if i % 200 == 0:
            s.copy(), {1, 2} | s if len(s) < 100 else None


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(s), sum(removed), all((n, i) in s for n in range(8) for i in range(0, 2000, 2)))

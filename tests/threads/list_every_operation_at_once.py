# Every method of a list from eight threads at once: no crash, and the bookkeeping adds up.
import threading
shared = [0] * 100
added = []
popped = []
start = threading.Barrier(8)


def work(me):
    more = less = 0
    start.wait()
    for i in range(1500):
        kind = (i + me) % 10
        if kind < 3:
            shared.append(i)
            more += 1
        elif kind < 5:
            try:
                shared.pop()
                less += 1
            except IndexError:
                pass
        elif kind == 5:
            shared.insert(0, i)
            more += 1
        elif kind == 6:
            try:
                shared[i % 50] = i
            except IndexError:
                pass
        elif kind == 7:
            len(shared), shared[:5], i in shared[-3:], shared.count(i), list(shared[:10])
        elif kind == 8:
            shared.extend((i, i))
            more += 2
        else:
            try:
                shared[-1], shared[0]
            except IndexError:
                pass
    added.append(more)
    popped.append(less)


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared) == 100 + sum(added) - sum(popped), len(added))

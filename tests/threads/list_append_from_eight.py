# Eight threads append to one list: nothing is lost, and each thread's own items keep their order.
import threading
items = []


def work(me):
    for i in range(3000):
        items.append((me, i))


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(items), len(set(items)))
for n in range(8):
    mine = [i for who, i in items if who == n]
    assert mine == list(range(3000)), n
print("in order")

import threading
forks = [threading.Lock() for _ in range(5)]
eaten = [0] * 5


def dine(me):
    first, second = sorted((me, (me + 1) % 5))
    for _ in range(200):
        with forks[first]:
            with forks[second]:
                eaten[me] += 1


threads = [threading.Thread(target=dine, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(eaten)

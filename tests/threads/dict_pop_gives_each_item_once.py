import threading
d = {i: i for i in range(5000)}
taken = [[] for _ in range(8)]


def work(me):
    while True:
        try:
            k, v = d.popitem()
        except KeyError:
            return
        taken[me].append(k)


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
all_taken = [k for part in taken for k in part]
print(len(all_taken), sorted(all_taken) == list(range(5000)), d)

import threading
setting = 0
stop = False


def helper():
    return setting


def use(seen):
    while not stop:
        for _ in range(100):
            seen.add(helper())


results = [set() for _ in range(4)]
threads = [threading.Thread(target=use, args=(r,)) for r in results]
for t in threads:
    t.start()
for n in range(1, 300):
    setting = n
    if n % 50 == 0:
        globals()[f"extra{n}"] = n
stop = True
for t in threads:
    t.join()
print(all(r <= set(range(300)) for r in results), extra250)

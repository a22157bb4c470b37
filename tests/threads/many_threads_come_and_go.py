import threading
total = 0
lock = threading.Lock()


def work(n):
    global total
    with lock:
        total += n


for round_ in range(20):
    threads = [threading.Thread(target=work, args=(1,)) for _ in range(25)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
print(total, threading.active_count(), len({t.ident for t in threads}) >= 1)
parked = threading.Event()
threads = [threading.Thread(target=parked.wait) for _ in range(150)]
for t in threads:
    t.start()
print(threading.active_count())
parked.set()
for t in threads:
    t.join()
print(threading.active_count())

import threading
r = threading.RLock()
log = []


def nested(n):
    with r:
        if n:
            nested(n - 1)
        else:
            log.append("bottom")


def other():
    try:
        r.release()
    except RuntimeError as e:
        log.append(str(e))
    log.append(r.acquire(blocking=False))


with r:
    nested(20)
    t = threading.Thread(target=other)
    t.start(); t.join()
print(log, r.acquire(blocking=False))
r.release()
total = 0


def add():
    global total
    for _ in range(1000):
        with r:
            with r:
                total += 1


threads = [threading.Thread(target=add) for _ in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)

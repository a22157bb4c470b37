import threading
log = []
lock = threading.Lock()
b = threading.Barrier(4, action=lambda: log.append("phase"))


def work(me):
    for phase in range(3):
        with lock:
            log.append(phase)
        b.wait()


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(log)
print(b.parties, b.n_waiting, b.broken)
broken = threading.Barrier(2)
results = []


def lonely():
    try:
        broken.wait(timeout=0.05)
    except threading.BrokenBarrierError as e:
        results.append(type(e).__name__)


t = threading.Thread(target=lonely)
t.start(); t.join()
print(results, broken.broken)
broken.reset()
print(broken.broken)
broken.abort()
try:
    broken.wait()
except threading.BrokenBarrierError:
    print("aborted")

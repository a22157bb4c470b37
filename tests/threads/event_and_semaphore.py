import threading
import time
e = threading.Event()
passed = []


def wait(n):
    e.wait()
    passed.append(n)


threads = [threading.Thread(target=wait, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
time.sleep(0.03)
print(passed, e.wait(timeout=0.01))
e.set()
for t in threads:
    t.join()
print(sorted(passed))
s = threading.Semaphore(3)
inside = 0
most = 0
guard = threading.Lock()


def limited():
    global inside, most
    with s:
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.005)
        with guard:
            inside -= 1


threads = [threading.Thread(target=limited) for _ in range(12)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(1 <= most <= 3, inside)
s2 = threading.Semaphore(0)
got = []
threads = [threading.Thread(target=lambda: (s2.acquire(), got.append(1))) for _ in range(4)]
for t in threads:
    t.start()
s2.release(2)
s2.release()
s2.release()
for t in threads:
    t.join()
print(len(got))

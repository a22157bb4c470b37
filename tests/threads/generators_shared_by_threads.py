# Two threads in one generator: an exception for one of them, never a crash or a doubled value.
import threading


def numbers():
    for i in range(3000):
        for _ in range(10):
            pass
        yield i


g = numbers()
got = [[] for _ in range(4)]
clashes = [0] * 4


def take(me):
    while True:
        try:
            got[me].append(next(g))
        except StopIteration:
            return
        except ValueError as e:
            assert str(e) == "generator already executing", e
            clashes[me] += 1


threads = [threading.Thread(target=take, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
everything = sorted(x for part in got for x in part)
print(everything == list(range(3000)))

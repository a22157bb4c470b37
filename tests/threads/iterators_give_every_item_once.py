# Threads that share an iterator made of built-in containers get every item exactly once, and pairs that belong together.
import itertools
import threading

N = 3000
numbers = list(range(N))
text = "".join(map(chr, range(300, 300 + N)))
MAKERS = {
    "list": lambda: iter(numbers),
    "tuple": lambda: iter(tuple(numbers)),
    "range": lambda: iter(range(N)),
    "str": lambda: map(ord, text),
    "bytes": lambda: iter(bytes(N)),
    "dict": lambda: iter(dict.fromkeys(numbers)),
    "values": lambda: iter({i: i for i in numbers}.values()),
    "items": lambda: iter({i: i for i in numbers}.items()),
    "set": lambda: iter(set(numbers)),
    "reversed list": lambda: reversed(numbers),
    "reversed range": lambda: reversed(range(N)),
    "zip": lambda: zip(numbers, range(N), tuple(numbers)),
    "zip of one": lambda: zip(iter(numbers), numbers),
    "enumerate": lambda: enumerate(range(N)),
    "map": lambda: map(max, numbers, range(N)),
    "chain": lambda: itertools.chain(range(1000), list(range(1000, 2000)), tuple(range(2000, N))),
    "islice": lambda: itertools.islice(range(2 * N), 0, 2 * N, 2),
    "repeat": lambda: itertools.repeat(7, N),
    "product": lambda: itertools.product(range(30), range(100)),
}
for name, make in MAKERS.items():
    shared = make()
    together = threading.Barrier(4)
    got = [[] for _ in range(4)]

    def take(mine):
        together.wait()
        for item in shared:
            mine.append(item)

    threads = [threading.Thread(target=take, args=(mine,)) for mine in got]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = sorted(item for mine in got for item in mine)
    print(name, len(everything), everything == sorted(make()))

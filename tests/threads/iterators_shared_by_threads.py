# Iterators of lists, ranges, dictionaries, zip and enumerate used by many threads: no crash, no made-up value.
import itertools
import threading
sources = {
    "list": iter(list(range(2000))), "range": iter(range(2000)), "dict": iter({i: i for i in range(2000)}),
    "zip": zip(range(2000), range(2000)), "enumerate": enumerate(range(2000)), "map": map(lambda x: x, range(2000)),
    "chain": itertools.chain(range(1000), range(1000, 2000)), "reversed": reversed(range(2000)), "tuple": iter(tuple(range(2000))),
}
for name, it in sources.items():
    got = [[] for _ in range(4)]

    def take(me):
        for x in it:
            got[me].append(x)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    values = [x[0] if isinstance(x, tuple) else x for part in got for x in part]
    print(name, set(values) <= set(range(2000)), len(values) >= 1900)

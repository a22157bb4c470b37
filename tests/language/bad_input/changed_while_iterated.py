import collections
for make, change in ((lambda: {1: 1, 2: 2}, lambda x: x.update({3: 3})), (lambda: {1: 1, 2: 2}, lambda x: x.pop(1)), (lambda: {1, 2}, lambda x: x.add(3)), (lambda: {1, 2}, lambda x: x.clear()), (lambda: collections.deque([1, 2]), lambda x: x.append(3)), (lambda: collections.deque([1, 2]), lambda x: x.clear()), (lambda: collections.OrderedDict(a=1, b=2), lambda x: x.update(c=3)), (lambda: collections.Counter("ab"), lambda x: x.update("c")), (lambda: collections.defaultdict(int, a=1), lambda x: x["new"])):
    x = make()
    try:
        for _ in x:
            change(x)
            if len(x) > 10:
                break
        print(type(x).__name__, "no error", len(x))
    except RuntimeError as e:
        print(type(x).__name__, e)


def g():
    d = {i: i for i in range(3)}
    for k in d:
        yield k
        d[k + 100] = 1


try:
    print(list(g()))
except RuntimeError as e:
    print(e)
big = {i: i for i in range(100)}
it = iter(big.items())
next(it)
big.clear()
try:
    print(next(it, "end"))
except RuntimeError as e:
    print(e)
try:
    {k: big.update({k: 1}) or v for k, v in {1: 2}.items()}
    print(big)
except RuntimeError as e:
    print(e)

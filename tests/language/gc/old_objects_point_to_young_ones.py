# What an old object is given later must survive the next small collections.
import gc


class Holder:
    pass


old_list, old_dict, old_object = [], {}, Holder()
old_tuple_of_lists = tuple([] for _ in range(10))
cell = None


def closure():
    value = None

    def put(x):
        nonlocal value
        value = x

    def get():
        return value
    return put, get


put, get = closure()


def generator():
    kept = []
    while True:
        kept.append((yield len(kept)))
        if len(kept) % 100 == 0:
            assert all(k == [i] for i, k in enumerate(kept))


g = generator()
next(g)
gc.collect()
gc.collect()
for i in range(3000):
    old_list.append([i])
    old_dict[i] = (i, [i])
    setattr(old_object, f"a{i % 50}", [i])
    old_tuple_of_lists[i % 10].append(str(i))
    put([i])
    g.send([i])
    garbage = [[j] for j in range(30)]
    assert get() == [i]
print(all(x == [i] for i, x in enumerate(old_list)), all(v == (k, [k]) for k, v in old_dict.items()), [getattr(old_object, f"a{i}")[0] % 50 == i for i in range(50)].count(True), [len(l) for l in old_tuple_of_lists], get())

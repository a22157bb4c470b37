import gc


class Key:
    def __init__(self, n): self.n = n

    def __hash__(self):
        gc.collect()
        return self.n % 3

    def __eq__(self, other):
        gc.collect()
        return self.n == other.n

    def __lt__(self, other):
        gc.collect()
        return self.n < other.n

    def __repr__(self):
        gc.collect()
        return f"K{self.n}"


d = {Key(i): [i] for i in range(10)}
print(d[Key(4)], len(d), Key(99) in d, sorted([Key(3), Key(1), Key(2)]), {Key(1), Key(1)}, [Key(i) for i in range(3)])
print(sorted(range(5), key=lambda x: gc.collect() and -x or -x), list(map(lambda x: [gc.collect() >= 0, x], range(2))), max([Key(1), Key(5)]))


def gen():
    for i in range(3):
        gc.collect()
        yield [i]


print(list(gen()), [x for x in gen() if gc.collect() >= 0], f"{Key(7)!r:>5}", "%s" % Key(8), "-".join(str(Key(i)) for i in range(2)))
try:
    gc.collect()
    raise ValueError([gc.collect() >= 0])
except ValueError as e:
    gc.collect()
    print(e.args)

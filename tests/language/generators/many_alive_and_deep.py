gens = [iter([i, i + 1]) for i in range(3)] + [(x for x in range(i)) for i in range(200)]
print(sum(next(g, 0) for g in gens), sum(next(g, 0) for g in gens))


def tower(n):
    if n == 0:
        yield "bottom"
    else:
        yield from tower(n - 1)


print(next(tower(150)))


def wrap(it):
    for x in it:
        yield x + 1


it = iter([0])
for _ in range(150):
    it = wrap(it)
print(list(it))

from itertools import chain, islice, groupby, tee, count, combinations


def noisy(n):
    for i in range(n):
        print("make", i, end="; ")
        yield i


print(list(islice(noisy(10), 2)))
print(next(chain(noisy(3), noisy(3))))
g = groupby([1, 1, 2, 2, 3])
first = next(g)
second = next(g)
print(list(first[1]), list(second[1]), next(g)[0])


def batched(it, n):
    it = iter(it)
    while batch := list(islice(it, n)):
        yield batch


def sieve():
    numbers = count(2)
    while True:
        p = next(numbers)
        yield p
        numbers = filter(lambda n, p=p: n % p, numbers)


print(list(batched(range(7), 3)), list(islice(sieve(), 10)), sum(1 for _ in combinations(range(12), 6)), dict((k, len(list(v))) for k, v in groupby(sorted("mississippi"))))
a, b = tee(noisy(3))
next(b)
print([y - x for x, y in zip(a, b)])
print(list(map(tuple, [islice("abcdef", i, i + 2) for i in range(0, 6, 2)])))

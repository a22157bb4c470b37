"""Functions made at run time, free variables read and written, functions passed as arguments."""


def make_counter(start):
    count = start

    def step(by):
        nonlocal count
        count += by
        return count

    return step


def compose(f, g):
    return lambda x: f(g(x))


def run(n):
    counters = [make_counter(i) for i in range(10)]
    pipeline = compose(lambda x: x + 1, compose(lambda x: x * 3, lambda x: x & 255))
    total = 0
    for i in range(n):
        total += counters[i % 10](i & 3)
        total ^= pipeline(i)
    adders = [lambda x, k=k: x + k for k in range(100)]
    for i in range(n // 4):
        total += adders[i % 100](i)
    return total


print(run(2_000_000))

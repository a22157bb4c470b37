"""Generators, generator expressions, yield from and send."""


def numbers(n):
    for i in range(n):
        yield i


def evens(source):
    for x in source:
        if x % 2 == 0:
            yield x


def walk(depth):
    if depth:
        yield from walk(depth - 1)
        yield depth
        yield from walk(depth - 1)


def running_sum():
    total = 0
    while True:
        total += yield total


def run(n):
    total = sum(evens(numbers(n)))
    total += sum(x * x for x in range(n) if x & 1)
    total += sum(walk(16))
    adder = running_sum()
    next(adder)
    for i in range(n):
        last = adder.send(i)
    return total + last


print(run(3_000_000))

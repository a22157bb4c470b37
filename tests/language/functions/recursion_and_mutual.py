def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 6))


def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(10, *"ABC"))


def permutations(items):
    if not items:
        yield []
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x] + rest


print(list(permutations([1, 2, 3])))


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(900))


def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]


print(flatten([1, [2, [3, [4, [5]]]], []]))

"""The sieve of Eratosthenes over a list of booleans, with slice assignment and with loops."""


def by_loop(n):
    flags = [True] * (n + 1)
    count = 0
    for i in range(2, n + 1):
        if flags[i]:
            count += 1
            for j in range(i * i, n + 1, i):
                flags[j] = False
    return count


def by_slice(n):
    flags = [True] * (n + 1)
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(range(i * i, n + 1, i))
    return sum(flags) - 2


print(by_loop(4_500_000), by_slice(4_500_000))

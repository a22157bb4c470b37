"""Arithmetic of small ints in while and for loops; nothing should be allocated."""


def run(n):
    total = 0
    i = 0
    while i < n:
        total = (total + i * 3) & 0xFFFFFF
        if i % 5 == 0:
            total ^= i
        i += 1
    for k in range(n):
        total += k & 7
    return total


print(run(4_000_000))

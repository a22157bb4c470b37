"""append, pop, insert, slices, reverse, membership and iteration of lists."""


def run(n):
    stack = []
    total = 0
    for i in range(n):
        stack.append(i)
        if i % 3 == 2:
            total += stack.pop() + stack.pop()
    while stack:
        total ^= stack.pop()
    window = list(range(50))
    for i in range(n // 4):
        window.append(window.pop(0))
        total += window[i % 50] + len(window[5:25])
    small = [3, 1, 4, 1, 5, 9, 2, 6]
    for i in range(n // 2):
        if i % 10 in small:
            total += 1
        small[i & 7], small[7 - (i & 7)] = small[7 - (i & 7)], small[i & 7]
    for a, b in zip(range(n), reversed(range(n))):
        total += a if a < b else b
    return total


print(run(2_000_000))

"""Recursion to thousands of frames, again and again: frames must be cheap and the stack must shrink."""
import sys
sys.setrecursionlimit(20_000)


def down(n):
    if n == 0:
        return 0
    return 1 + down(n - 1)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


total = 0
for _ in range(400):
    total += down(9_000)
print(total, ackermann(2, 600))

"""Arithmetic of floats: a logistic map and a sum of reciprocals."""


def run(n):
    x = 0.5
    total = 0.0
    for i in range(1, n):
        x = 3.7 * x * (1.0 - x)
        total += x / i
    return total


print(f"{run(9_000_000):.6f}")

"""Ints of hundreds and thousands of digits: factorials, powers, Fibonacci, digits of pi, conversion."""


def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return out


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


factorial = 1
for i in range(1, 5000):
    factorial *= i
print(sum(pi_digits(2500)), len(hex(factorial)), fib(60_000) % 10 ** 9, pow(3, 20_000, 10 ** 30 + 57), (7 ** 30000).bit_length())

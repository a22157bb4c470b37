edges = [2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 60, 2 ** 61 - 1, 2 ** 61, 2 ** 62 - 1, 2 ** 62, 2 ** 63 - 1, 2 ** 63, 2 ** 64]
for n in edges:
    m = -n
    print(n, n + 1 - 1 == n, m - 1 + 1 == m, n * n // n == n, (n << 1) >> 1 == n, n - n, m + n, -m == n, abs(m) == n, n * -1 == m, ~n == m - 1, n.bit_length())
    i = n - 2
    for _ in range(4):
        i += 1
    print(i, i == n + 2, hash(n) == n % (2 ** 61 - 1), int(str(m)) == m, n & -1 == n, (m | n) & n)
print(sum(edges), min(edges), max(edges), sorted(edges, reverse=True)[0] is not None)

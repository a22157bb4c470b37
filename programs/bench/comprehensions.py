"""List, set and dict comprehensions, nested ones, filters, map and zip."""


def run(n):
    total = 0
    for k in range(80):
        squares = [x * x for x in range(n)]
        odd = [x for x in squares if x & 1]
        small = {x % 97 for x in odd}
        table = {x: y for x, y in zip(range(n), squares)}
        pairs = [(x, y) for x in range(60) for y in range(60) if x < y]
        total += len(odd) + sum(small) + table[n - 1] + len(pairs) + sum(map(len, [[i] * 2 for i in range(n)]))
    return total


print(run(20_000))

"""Insert, look up, change and delete in dictionaries with keys of ints, strings and tuples."""


def run(n):
    by_int = {}
    for i in range(n):
        by_int[i * 7] = i
    total = 0
    for i in range(n):
        if i * 7 in by_int:
            total += by_int[i * 7]
    names = [f"key{i % 1000}" for i in range(n)]
    by_name = {}
    for name in names:
        if name in by_name:
            by_name[name] += 1
        else:
            by_name[name] = 1
    grid = {}
    for i in range(n // 2):
        grid[i % 300, i // 300] = i
    for key in list(grid)[::2]:
        del grid[key]
    for key, value in grid.items():
        total += value
    return total, len(by_name), len(grid)


print(*run(250_000), *run(800_000))

"""Dynamic programming: knapsack, edit distance, longest common subsequence, coin change, matrix chain, word break."""
from functools import lru_cache


def knapsack(items, limit):
    best = [(0, ())] * (limit + 1)
    for name, weight, value in items:
        for w in range(limit, weight - 1, -1):
            candidate = best[w - weight][0] + value
            if candidate > best[w][0]:
                best[w] = (candidate, best[w - weight][1] + (name,))
    return best[limit]


def edit_distance(a, b):
    rows = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (x != y))
    steps, i, j = [], len(a), len(b)
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            if a[i - 1] != b[j - 1]:
                steps.append(f"{a[i - 1]}>{b[j - 1]}")
            i, j = i - 1, j - 1
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            steps.append(f"-{a[i - 1]}")
            i -= 1
        else:
            steps.append(f"+{b[j - 1]}")
            j -= 1
    return rows[-1][-1], steps[::-1]


def lcs(a, b):
    @lru_cache(maxsize=None)
    def solve(i, j):
        if i == len(a) or j == len(b):
            return ""
        if a[i] == b[j]:
            return a[i] + solve(i + 1, j + 1)
        return max(solve(i + 1, j), solve(i, j + 1), key=len)
    return solve(0, 0)


def coins(amount, values):
    ways = [1] + [0] * amount
    fewest = [0] + [None] * amount
    for v in values:
        for a in range(v, amount + 1):
            ways[a] += ways[a - v]
            if fewest[a - v] is not None and (fewest[a] is None or fewest[a - v] + 1 < fewest[a]):
                fewest[a] = fewest[a - v] + 1
    return ways[amount], fewest[amount]


def matrix_chain(sizes):
    @lru_cache(None)
    def best(i, j):
        if i == j:
            return 0, f"M{i}"
        return min((best(i, k)[0] + best(k + 1, j)[0] + sizes[i] * sizes[k + 1] * sizes[j + 1], f"({best(i, k)[1]}{best(k + 1, j)[1]})") for k in range(i, j))
    return best(0, len(sizes) - 2)


def word_break(text, words):
    @lru_cache(None)
    def ways(start):
        if start == len(text):
            return [[]]
        return [[w] + rest for w in words if text.startswith(w, start) for rest in ways(start + len(w))]
    return [" ".join(w) for w in ways(0)]


def longest_increasing(numbers):
    tails, before, last = [], {}, []
    for i, n in enumerate(numbers):
        low = sum(1 for t in tails if numbers[t] < n)
        before[i] = tails[low - 1] if low else None
        tails[low:low + 1] = [i]
    i = tails[-1] if tails else None
    while i is not None:
        last.append(numbers[i])
        i = before[i]
    return last[::-1]


print(knapsack([("tent", 5, 10), ("lamp", 1, 3), ("food", 4, 9), ("book", 2, 2), ("rope", 3, 7)], 10))
for a, b in (("kitten", "sitting"), ("", "abc"), ("flaw", "lawn"), ("same", "same")):
    print(a, b, edit_distance(a, b), repr(lcs(a, b)))
print(coins(100, (1, 5, 10, 25, 50)), coins(7, (2, 4)), coins(63, (1, 5, 21)))
print(matrix_chain((10, 30, 5, 60, 7)), word_break("pineapplepenapple", ("pine", "apple", "pineapple", "pen", "applepen")))
print(longest_increasing([10, 9, 2, 5, 3, 7, 101, 18]), longest_increasing([3, 2, 1]), longest_increasing([]))
print(lcs("ACCGGTCGAGTGCGCGGAAGCCGGCCGAA", "GTCGTTCGGAATGCCGTTGCTCTGTAAA"))

print(list(enumerate("ab")), list(enumerate("ab", 10)), list(enumerate([], start=5)), list(zip("abc", [1, 2])), list(zip()), list(zip("a")), list(zip("ab", [1, 2], (3, 4))))
print(list(map(lambda x, y: x + y, [1, 2, 3], [10, 20])), list(map(str.upper, "ab")), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(None, [0, 1, "", "a", None])), list(reversed([1, 2, 3])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))))
print(list(zip([1, 2], "ab", strict=True)), dict(enumerate("xy")), list(zip(*[(1, 2), (3, 4)])), [i for i, c in enumerate("banana") if c == "a"], next(zip([1], [2])), list(map(int, "123")), list(map(max, [1, 5], [3, 2])))
for a, b in (([1], []), ([], [1]), ([1, 2], [1])):
    try:
        print(list(zip(a, b, strict=True)))
    except ValueError as e:
        print(e)
try:
    list(zip([1], [1], [], strict=True))
except ValueError as e:
    print(e)
m = map(lambda x: 1 // x, [1, 0, 2])
print(next(m))
try:
    next(m)
except ZeroDivisionError as e:
    print(e)
print(next(m), type(m).__name__, iter(m) is m)
z = zip(iter([1, 2, 3]), iter([1]))
print(list(z), list(enumerate(zip("ab", "cd"))), sum(map(lambda p: p[0] * p[1], zip([1, 2, 3], [4, 5, 6]))), list(map(None.__class__, [])), list(enumerate(iter([7]), -1)))
shared = iter(range(6))
print(list(zip(shared, shared)), list(zip(*[iter("abcdef")] * 3)))

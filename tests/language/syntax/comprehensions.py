print([x * x for x in range(5)])
print([(x, y) for x in range(3) for y in range(x)])
print([x for x in range(20) if x % 2 if x % 3])
print({x % 3 for x in range(9)} == {0, 1, 2})
print({k: v for k, v in zip("abc", range(3))})
print(list(x for x in "abc"))
print([[y for y in range(x)] for x in range(3)])
print([a + b for a, *rest in ["ab", "cd"] for b in rest])
x = "outer"
[x for x in range(3)]
print(x)
print([x for x in [1, 2] for x in [x, x * 10]])
n = 3
print([i * n for i in range(n)])


class C:
    data = [1, 2, 3]
    doubled = [d * 2 for d in data]


print(C.doubled)
print(sum(1 for _ in "xyz"), max(len(w) for w in "a bb ccc".split()))
print({i: {j for j in range(i)} for i in range(2)})

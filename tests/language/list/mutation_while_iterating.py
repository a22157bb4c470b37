a = [1, 2, 3, 4, 5, 6]
for x in a:
    if x % 2 == 0:
        a.remove(x)
print(a)
a = [1]
for x in a:
    if len(a) < 8:
        a.append(x + 1)
print(a)
a = [1, 2, 3]
it = iter(a)
next(it)
a.clear()
print(list(it))
a.append(9)
print(list(it))
a = list(range(5))
print([a.pop() for x in a if len(a) > 2], a)
a = [3, 2, 1]
print([x for x in reversed(a)], list(enumerate(a))[1], a.__iter__().__length_hint__())
r = reversed(a)
a.append(0)
print(list(r))
for i, x in enumerate(a):
    a[i] = x * 10
print(a)

d = {}
for k in [5, 3, "a", (1,), None, 2.5]:
    d[k] = str(k)
print(d)
del d[3]
d[3] = "again"
d[5] = "updated"
print(list(d))
print(list(reversed(d)), list(reversed(d.items()))[0], next(iter(d)), next(reversed(d.values())))
d2 = {k: d[k] for k in reversed(list(d))}
print(d2, d == d2, list(d) == list(d2))
for i in range(50):
    d[i] = i
for i in range(0, 50, 2):
    del d[i]
for i in range(0, 50, 10):
    d[i] = -i
print(list(d)[-10:], len(d), d.popitem(), {1: "a", True: "b", 1.0: "c"}, {**{"z": 1, "y": 2}, "z": 3})
moved = d.pop(None)
d[None] = moved
print(list(d.items())[-1])

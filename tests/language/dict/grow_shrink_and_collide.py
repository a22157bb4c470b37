d = {}
for i in range(5000):
    d[i * 1024] = i
print(len(d), d[1024 * 4999], sum(d.values()))
for i in range(0, 5000, 3):
    del d[i * 1024]
print(len(d), 0 in d, 1024 in d)
for i in range(5000):
    d.setdefault(i * 1024, -1)
print(len(d), list(d.values()).count(-1))
strings = {f"key{i}": i for i in range(3000)}
print(sum(strings[f"key{i}"] for i in range(0, 3000, 100)), "key3000" in strings)
mixed = {}
for i in range(300):
    mixed[i] = mixed[str(i)] = mixed[(i,)] = mixed[float(i) + 0.5] = i
print(len(mixed), mixed[7], mixed["7"], mixed[(7,)], mixed[7.5])
while mixed:
    mixed.popitem()
    if len(mixed) == 600:
        mixed.clear()
print(mixed)
d = {}
for i in range(10000):
    d[i] = 1
    del d[i]
print(len(d), d)
for i in range(8):
    d[-i] = i
print(d)

"""append a million times, pop a million times, then both in turn a million times."""
a = []
for i in range(1_000_000):
    a.append(i)
total = 0
for _ in range(1_000_000):
    total += a.pop()
for i in range(1_000_000):
    a.append(i)
    if i & 1:
        total += a.pop()
print(total, len(a))

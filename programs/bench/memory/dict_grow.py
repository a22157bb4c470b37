"""A dictionary that grows to ten million keys."""
d = {}
for i in range(10_000_000):
    d[i] = i
print(len(d), d[9_999_999])

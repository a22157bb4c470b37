a = []
for i in range(20000):
    a.append(i)
print(len(a), a[12345], sum(a))
while len(a) > 10:
    a.pop()
print(a)
for i in range(1000):
    a.insert(0, i)
print(len(a), a[:3], a[-3:])
for i in range(500):
    a.pop(0)
print(len(a), a[0])
a[:] = [x for x in a if x % 7 == 0]
print(len(a), a[:5])
b = [None] * 10000
b[5000] = 1
print(b.index(1), b.count(None), len(b + b), (b * 3).count(1))
m = [[i * j for j in range(20)] for i in range(20)]
print(sum(map(sum, m)), [row[3] for row in m][:5], list(zip(*m))[4][:5])

"""Sorting: ints, strings, with a key function, with an attribute, with tuples, and by __lt__."""


class Record:
    def __init__(self, name, age):
        self.name, self.age = name, age

    def __lt__(self, other):
        return self.age < other.age


state = 7
values = []
for _ in range(160_000):
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    values.append(state >> 4)
records = [Record(f"n{v % 5000}", v % 1000) for v in values]
a = sorted(values)
b = sorted(values, key=lambda v: v % 1000)
c = sorted(records, key=lambda r: (r.age, r.name))
d = sorted(map(str, values))
e = sorted(records[:20_000])
f = sorted(((v % 10, v) for v in values), reverse=True)
print(a[100], b[1000], c[500].name, d[7], e[10].age, f[5])

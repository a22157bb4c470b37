class C:
    items = []
    n = 0

    def add(self, x):
        self.items.append(x)
        self.n += 1


a, b = C(), C()
a.add(1)
b.add(2)
print(a.items, b.items, C.items is a.items, a.n, b.n, C.n)
C.n = 10
c = C()
print(a.n, c.n)
a.items = ["own"]
print(C.items, a.items)
C.later = lambda self: "added later"
print(a.later())
del C.later
try:
    a.later()
except AttributeError as error:
    print(error)
try:
    del a.missing
except AttributeError as error:
    print(error)
try:
    del C.missing
except AttributeError as error:
    print(error)

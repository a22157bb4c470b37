x = 1
del x
try:
    x
except NameError as error:
    print(error)
items = list(range(10))
del items[0], items[-1]
del items[1:5:2]
print(items)
d = {"a": 1, "b": 2}
del d["a"]
print(d)


class C:
    pass


c = C()
c.a, c.b = 1, 2
del c.a
print(vars(c))
a = b = 1
del (a, b)
[p, q] = 1, 2
del [p], q


def f():
    local = 1
    del local
    try:
        return local
    except UnboundLocalError as error:
        return str(error)


print(f())
for statement in ("del nothing", "del items[99]", "del c.zz", "del d['zz']"):
    try:
        exec(statement)
    except Exception as error:
        print(type(error).__name__, error)

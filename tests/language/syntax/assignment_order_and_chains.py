def box(name, store={}):
    print("target", name)
    return store


def value():
    print("value")
    return 7


box("a")["x"] = box("b")["y"] = value()
print(box("end"))
a = b = c = []
a.append(1)
print(a, b is c)
x, y = y_first, x_first = 1, 2
x, y = y, x
print(x, y, y_first, x_first)
i = 0
items = [10, 20, 30]
i, items[i] = 2, "set"
print(i, items)

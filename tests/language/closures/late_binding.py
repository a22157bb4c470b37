functions = []
for i in range(3):
    functions.append(lambda: i)
print([f() for f in functions])
functions = [lambda i=i: i for i in range(3)]
print([f() for f in functions])


def make():
    out = []
    for k in range(3):
        def inner():
            return k
        out.append(inner)
    k = 100
    return out


print([f() for f in make()])

def f(a, b=2, *args, c, **kw):
    def show():
        return a, b, args, c, kw
    a += 1
    args += (9,)
    kw["more"] = 1
    return show


print(f(1, c=3)())
print(f(1, 2, 3, c=4, z=5)())


def accumulate(total):
    def add(x):
        nonlocal total
        total += x
        return total
    return add


add = accumulate(10)
print(add(5), add(7))

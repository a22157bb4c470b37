def f():
    return


def g():
    return 1, *[2, 3]


def h():
    return (yield)


print(f(), g(), type(h()).__name__)
print((), (1,), (1, 2,), [], [1, ], {}, {1: 2, }, {1, })
x = 1,
print(x, type((1)).__name__)
y = yield_free = 3, 4
print(y)


def k():
    for a, b in (1, 2), (3, 4):
        yield a, b


print(list(k()))

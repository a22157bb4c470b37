def f():
    def g():
        return later
    try:
        g()
    except NameError as error:
        print(type(error).__name__, error)
    later = 1
    print(g())
    del later
    try:
        g()
    except NameError as error:
        print(error)


f()


def h():
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = 1
    return x


h()

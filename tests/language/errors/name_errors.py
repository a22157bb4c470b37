for source in ("x", "x + 1", "x()", "x.y", "del x", "print(x)", "[x for y in [1]]", "(lambda: x)()", "f'{x}'", "x: int; x", "x += 1", "import sys as x_; x"):
    try:
        exec(source, {})
    except NameError as e:
        print(source, "->", type(e).__name__, e, e.name)


def unbound():
    print(v)
    v = 1


def unbound_augmented():
    count += 1


def unbound_branch(flag):
    if flag:
        r = 1
    return r


def unbound_loop():
    for i in []:
        pass
    return i


def unbound_del():
    a = 1
    del a
    a


def unbound_except():
    try:
        raise ValueError
    except ValueError as e:
        pass
    return e


def free():
    def g(): return w
    g()
    w = 1


def class_scope():
    class C:
        a = 1
        b = [a for _ in range(1)]


for f in (unbound, unbound_augmented, lambda: unbound_branch(False), unbound_loop, unbound_del, unbound_except, free, class_scope):
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)

def a():
    v = 1

    def b():
        def c():
            def d():
                nonlocal v
                v += 1
                return v
            return d
        return c
    return b()()


d = a()
print(d(), d(), d())


def gen():
    base = 10

    def inner():
        nonlocal base
        while True:
            base += 1
            yield base
    g = inner()
    return next(g), next(g), base


print(gen())
print((lambda a: lambda b: lambda c: [a + b + c for _ in range(2)])(1)(2)(3))

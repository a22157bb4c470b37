counter = 0


def bump():
    global counter, made_here
    counter += 1
    made_here = "global made in a function"


bump(); bump()
print(counter, made_here)


def outer():
    x = 1

    def middle():
        def inner():
            nonlocal x
            x += 10
            return x
        return inner
    f = middle()
    return f(), f(), x


print(outer())


def shadow():
    counter = "local"

    def g():
        global counter
        return counter
    return counter, g()


print(shadow())


class K:
    global from_class
    from_class = 3
    own = from_class + 1


print(from_class, K.own, hasattr(K, "from_class"))


def f():
    x = 1

    class C:
        nonlocal x
        x = 2
    return x, "x" in C.__dict__


print(f())

def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, it):
    return [next(it) for _ in range(n)]


f1, f2 = fib(), fib()
print(take(10, f1), take(3, f2), take(3, f1))


def with_try():
    for i in range(3):
        try:
            got = yield i
            if got:
                raise ValueError(got)
        except ValueError as e:
            yield f"caught {e}"
        else:
            yield "fine"
        finally:
            yield "finally"


g = with_try()
print([next(g), g.send("x"), next(g), next(g), next(g), next(g)], list(g))


def big(n):
    a, b, c, d, e = range(5)
    while n:
        a, b, c, d, e = b, c, d, e, a + n
        n -= 1
        yield (a, b, c, d, e)


print(list(big(6))[-1])

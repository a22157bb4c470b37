def inner():
    x = yield 1
    print("inner got", x)
    try:
        yield 2
    except ValueError as error:
        print("inner handled", error)
        yield "recovered"
    return "inner result"


def outer():
    result = yield from inner()
    print("result", result)
    yield from [10, 20]
    yield from "ab"
    yield from (x for x in range(2))
    return "outer result"


g = outer()
print(next(g), g.send("hello"), g.throw(ValueError("v")), list(g))


def flatten(x):
    if isinstance(x, list):
        for y in x:
            yield from flatten(y)
    else:
        yield x


print(list(flatten([1, [2, [3, [4]], 5]])))


def closes():
    try:
        yield 1
    finally:
        print("inner closed")


def wraps():
    yield from closes()


w = wraps()
next(w)
w.close()
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)


def chain(n):
    if n:
        yield n
        yield from chain(n - 1)


print(sum(chain(100)))


class Sends:
    def __iter__(self): return self
    def __next__(self): return "next"
    def send(self, v): return ("sent", v)
    def throw(self, *a): return ("thrown", a[0] if isinstance(a[0], type) else type(a[0]))


def d(): yield from Sends()


g = d()
print(next(g), g.send(5), next(g), g.throw(KeyError("x")))

def f(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs


print(f(1, d=4))
print(f(1, 20, 30, 40, 50, d=4, e=6, z=7))
print(f(1, d=4, c=9, a=10, b=11))
print(f(*range(5), **{"d": "D", "x y": 1}))


def only_keywords(*, x, y=1):
    return x, y


print(only_keywords(x=5))


def only_positional(x, y=0, /):
    return x, y


print(only_positional(1), only_positional(1, 2))
for call in (lambda: only_positional(x=1), lambda: only_keywords(1), lambda: f(1)):
    try:
        call()
    except TypeError as error:
        print(error)

def note(x):
    print("eval", x)
    return x


def f(*args, **kwargs):
    return args, kwargs


print(f(note(1), *[note(2), note(3)], note(4), k=note(5), **{"m": note(6)}))
print(f(*"ab", *[], *(1, 2), **{}, **{"a": 1}, b=2, **{"c": 3}))
try:
    f(a=1, **{"a": 2})
except TypeError as error:
    print(error)
try:
    f(**{1: 2})
except TypeError as error:
    print(error)
try:
    f(*5)
except TypeError as error:
    print(error)
try:
    f(**5)
except TypeError as error:
    print(error)

def v(x):
    print("v", x, end="; ")
    return x


print({v(k): v(k + 10) for k in [1, 2]})
g = (print("body", x) for x in (print("outermost now") or [1]))
print("made")
next(g)


def boom():
    raise ValueError("outermost raised at once")


try:
    (x for x in boom())
except ValueError as error:
    print(error)
lazy = (x for y in [1] for x in boom())
try:
    next(lazy)
except ValueError as error:
    print("later:", error)

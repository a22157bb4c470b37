def inner(x):
    return 10 / x


def middle(x):
    total = inner(x) + 1
    return total


def outer():
    return [middle(x) for x in (1, 0)]


print("start")
outer()

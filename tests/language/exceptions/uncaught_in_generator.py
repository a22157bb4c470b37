def numbers():
    yield 1
    yield int("not a number")


def consume():
    for n in numbers():
        print(n)


consume()

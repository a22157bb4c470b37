def g():
    yield 1
    try:
        next(it)
    except ValueError as error:
        print(error)
    try:
        it.send(1)
    except ValueError as error:
        print(error)
    try:
        it.close()
    except ValueError as error:
        print(error)
    yield 2


it = g()
print(list(it))

def g():
    try:
        while True:
            try:
                x = yield "waiting"
                print("got", x)
            except ValueError as error:
                print("handled", error)
    except GeneratorExit:
        print("closing")
        raise
    finally:
        print("cleanup")


it = g()
next(it)
print(it.throw(ValueError("one")))
print(it.send(5))
it.close()
it.close()
try:
    next(it)
except StopIteration:
    print("finished")
it = g()
next(it)
try:
    it.throw(KeyError("out"))
except KeyError as error:
    print("escaped", error)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("ignored")
        yield 2


it = stubborn()
next(it)
try:
    it.close()
except RuntimeError as error:
    print(error)


def unstarted():
    print("never")
    yield


it = unstarted()
try:
    it.throw(ValueError, "before the start")
except ValueError as error:
    print(error)
print(list(it))
for args in ((5,), ("text",), (ValueError, 1, 5)):
    try:
        unstarted().throw(*args)
    except TypeError as error:
        print(error)
    except ValueError as error:
        print("v", error)

import sys


def g():
    print("inside", sys.exc_info()[0])
    yield
    print("resumed", sys.exc_info()[0] and sys.exc_info()[0].__name__)
    try:
        raise KeyError("k")
    except KeyError:
        yield
        print("still", sys.exc_info()[0].__name__)
    print("after", sys.exc_info()[0] and sys.exc_info()[0].__name__)
    yield


it = g()
next(it)
try:
    raise ValueError
except ValueError:
    next(it)
    print("outside", sys.exc_info()[0].__name__)
    next(it)
try:
    list(it)
except Exception as e:
    print(e)


def raising():
    try:
        yield 1
    finally:
        raise OSError("in finally")


r = raising()
next(r)
try:
    r.throw(ValueError("thrown"))
except OSError as e:
    print(repr(e), repr(e.__context__))

import sys
print(sys.exc_info())


def f():
    x = 1
    raise ValueError("v")


try:
    f()
except ValueError as error:
    kind, value, tb = sys.exc_info()
    print(kind is ValueError, value is error, tb is error.__traceback__)
    while tb:
        print(tb.tb_lineno, tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(sys.exception() is error if hasattr(sys, "exception") else "3.11 has it")
print(sys.exc_info())


def nested():
    try:
        raise KeyError(1)
    except KeyError:
        try:
            raise IndexError(2)
        except IndexError:
            print(sys.exc_info()[0].__name__)
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0])


nested()
e = ValueError("fresh")
print(e.__traceback__, e.with_traceback(None) is e)

# A chain of contexts that a program has closed to a cycle hangs neither raising nor printing.
import traceback


def raise_in_cycle():
    try:
        raise ValueError(1)
    except ValueError as error:
        error.__context__ = error
        raise TypeError(2)


def longer_cycle():
    try:
        raise ValueError("a")
    except ValueError as a:
        try:
            raise KeyError("b")
        except KeyError as b:
            a.__context__ = b
            raise TypeError("c")


for function in (raise_in_cycle, longer_cycle):
    try:
        function()
    except TypeError as error:
        print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
        print(len(traceback.format_exception(error)) > 1)

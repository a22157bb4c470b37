for source in ("raise", "raise 5", "raise 'text'", "raise int", "raise ValueError", "raise ValueError('x')", "raise ValueError from 5", "raise ValueError from KeyError", "raise None", "raise ValueError from None"):
    try:
        exec(source)
    except BaseException as error:
        print(source, "->", repr(error), repr(error.__cause__), error.__suppress_context__)


class Odd(Exception):
    def __new__(cls): return 5


try:
    raise Odd
except TypeError as error:
    print(error)


class InitFails(Exception):
    def __init__(self): raise KeyError("in init")


try:
    raise InitFails
except KeyError as error:
    print(repr(error))

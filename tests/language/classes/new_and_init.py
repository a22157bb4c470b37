class Singleton:
    _one = None

    def __new__(cls, *args):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __init__(self, *args):
        self.args = args


a, b = Singleton(1), Singleton(2)
print(a is b, a.args)


class Even(int):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)

    def __init__(self, value):
        self.original = value


e = Even(5)
print(e, e.original, e + 1, type(e + 1).__name__)


class Other:
    def __new__(cls):
        return "not an instance"

    def __init__(self):
        print("never")


print(Other())


class BadInit:
    def __init__(self):
        return 5


try:
    BadInit()
except TypeError as error:
    print(error)


class NoArgs:
    pass


for call in (lambda: NoArgs(1), lambda: object.__new__(NoArgs, 1), lambda: NoArgs().__init__(1)):
    try:
        print(type(call()).__name__)
    except TypeError as error:
        print(error)


class Pair(tuple):
    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))

    first = property(lambda self: self[0])


print(Pair(1, 2), Pair(1, 2).first, Pair(1, 2) == (1, 2))

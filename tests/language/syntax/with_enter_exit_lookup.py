class OnInstance:
    def __init__(self):
        self.__enter__ = lambda: print("never")
        self.__exit__ = lambda *a: print("never")


try:
    with OnInstance():
        pass
except TypeError as error:
    print(error)


class NoExit:
    def __enter__(self):
        print("not entered")


try:
    with NoExit():
        pass
except TypeError as error:
    print(error)


class ExitRaises:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise RuntimeError("in exit")


try:
    with ExitRaises():
        raise ValueError("body")
except RuntimeError as error:
    print(error, "<-", repr(error.__context__))


class EnterRaises:
    def __enter__(self):
        raise OSError("enter")

    def __exit__(self, *args):
        print("never")


try:
    with EnterRaises():
        print("never")
except OSError as error:
    print(error)

class A:
    __secret = 1

    def __init__(self):
        self.__value = 2
        self.__dunder__ = 3
        self._single = 4

    def get(self):
        return self.__value, A.__secret, self.__secret

    def __method(self):
        return "private"

    def call(self):
        return self.__method()


class B(A):
    def __init__(self):
        super().__init__()
        self.__value = 5

    def __method(self):
        return "B private"


b = B()
print(b.get(), b.call(), vars(b))
print(b._A__value, b._B__value, A._A__secret)
try:
    b.__value
except AttributeError as error:
    print(error)


class _Under:
    def f(self, __x=1):
        __y = 2
        return sorted(locals())


print(_Under().f()[0])

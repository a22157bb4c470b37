class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *, times=1):
        return (x + self.n) * times


add = Adder(3)
print(add(1), add(1, times=2), callable(add), callable(Adder), callable(1))
print(list(map(add, range(3))), sorted([3, -5, 1], key=Adder(0)))


class NotCallable:
    pass


n = NotCallable()
n.__call__ = lambda: "instance attribute"
for target in (n, 5, "text", None, [1], {}):
    try:
        target()
    except TypeError as error:
        print(error)


class Meta(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.tagged = True
        return made


class Made(metaclass=Meta):
    def __init__(self, x):
        self.x = x


print(vars(Made(5)))


class CallChain:
    __call__ = Adder(100)


print(CallChain()(5))

# What int(), float(), complex() and operator.index() say when a conversion method gives an instance of a subclass.
import operator
import warnings


class I(int):
    pass


class F(float):
    pass


class C(complex):
    pass


class Gives:
    def __init__(self, name, value):
        self.__class__ = type(name, (), {f"__{name}__": lambda self: value})


class Own(float):
    def __float__(self):
        return 42.0


class Same(float):
    def __float__(self):
        return self


def show(function, argument):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(argument)
            print(type(result).__name__, result, end=" ")
        except TypeError as error:
            print(error, end=" ")
    print([f"{w.category.__name__}: {w.message}" for w in caught])


show(int, Gives("int", I(3)))
show(int, Gives("int", True))
show(int, Gives("int", 2.5))
show(int, Gives("trunc", 5))
show(int, Gives("index", I(9)))
show(operator.index, Gives("index", I(7)))
show(operator.index, Gives("index", "7"))
show(float, Gives("float", F(1.5)))
show(float, Gives("float", 1))
show(float, Own(1.0))
show(float, Same(21.0))
show(complex, Gives("complex", C(1 + 2j)))
show(complex, Gives("complex", 1.0))
for base, argument in [(list, [1]), (tuple, [1]), (set, [1]), (frozenset, [1]), (float, 1.5)]:
    plain = type("Plain", (base,), {})
    with_init = type("WithInit", (base,), {"__init__": lambda self, *args, extra=None: None})
    with_new = type("WithNew", (base,), {"__new__": lambda cls, x, extra=None: base.__new__(cls, x)})
    for cls in (plain, with_init, with_new):
        try:
            print(cls.__name__, cls(argument, extra=3))
        except TypeError as error:
            print(cls.__name__, error)

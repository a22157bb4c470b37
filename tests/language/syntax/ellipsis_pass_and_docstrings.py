def f():
    """The doc."""


def g():
    ...


class C:
    "class doc"
    x = 1


class D:
    x = "not a doc"


def h():
    f"not {1} a doc"


print(f.__doc__, g.__doc__, C.__doc__, D.__doc__, h.__doc__, (lambda: "x").__doc__)
print(..., Ellipsis is ..., type(...).__name__)


def multi():
    """First.

        Indented.
    """


print(repr(multi.__doc__))

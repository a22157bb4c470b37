class Meta(type):
    def __new__(mcls, name, bases, namespace, **kw):
        print("new", name, [b.__name__ for b in bases], sorted(k for k in namespace if not k.startswith("__")), kw)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kw):
        print("init", name, kw)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    @property
    def shout(cls):
        return cls.__name__.upper()

    def __len__(cls):
        return 42

    def __getattr__(cls, name):
        return f"meta {name}"

    def __repr__(cls):
        return f"<{cls.__name__}>"


class Base(metaclass=Meta, option=1):
    x = 1


class Child(Base, option=2):
    y = 2


c = Child()
print(Child.shout, len(Child), Child.unknown, Child, type(Child) is Meta, type(c) is Child)
try:
    c.shout
except AttributeError as error:
    print(error)


class Other(type): pass
class Unrelated(metaclass=Other): pass


try:
    class Conflict(Base, Unrelated): pass
except TypeError as error:
    print(error)


class Both(Meta, Other): pass
class Fine(Base, Unrelated, metaclass=Both): pass


print(type(Fine).__name__)
def function_as_metaclass(name, bases, namespace):
    return name, bases, namespace["z"]
class NotAClass(metaclass=function_as_metaclass):
    z = 26
print(NotAClass)

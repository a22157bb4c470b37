class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, f"no {self.name} in {owner.__name__}")

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}")
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        del instance.__dict__[self.name]


class Person:
    name = Typed(str)
    age = Typed(int)


p = Person()
print(p.name)
p.name, p.age = "Ann", 30
print(p.name, p.age, p.__dict__)
try:
    p.age = "old"
except TypeError as error:
    print(error)
del p.age
print(p.age)
p.__dict__["age"] = 99
print(p.age)
print(isinstance(Person.name, Typed))


class NonData:
    def __get__(self, instance, owner):
        return "from descriptor"


class D:
    n = NonData()


d = D()
print(d.n, D.n)
d.n = "own"
print(d.n, D().n)
d.late = NonData()
print(type(d.late).__name__)


class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__["s"] = value * 2


class E:
    s = SetOnly()


e = E()
print(type(e.s).__name__)
e.s = 4
print(e.s)

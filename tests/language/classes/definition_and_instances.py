class Animal:
    kind = "animal"
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def speak(self):
        return f"{self.name} makes a sound"

    def __repr__(self):
        return f"Animal({self.name!r})"


class Dog(Animal):
    kind = "dog"

    def speak(self):
        return super().speak() + ": woof"


a, d = Animal("cat"), Dog("rex")
print(a, d, a.speak(), d.speak(), sep=" | ")
print(Animal.count, Dog.count, a.kind, d.kind, isinstance(d, Animal), issubclass(Dog, Animal))
d.kind = "own"
print(d.kind, Dog.kind, vars(d), d.__dict__ is vars(d))
del d.kind
print(d.kind)
print(type(d), type(d).__name__, d.__class__ is Dog, Dog.__bases__, Dog.__mro__)
print(Dog.__module__, Dog.__qualname__)
try:
    Animal()
except TypeError as error:
    print(error)
try:
    Animal("x", 2)
except TypeError as error:
    print(error)

# A subclass of property with accessors of its own is asked at every place, also one that has
# already seen many objects.
calls = []


class Cached(property):
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            calls.append(self.name)
            instance.__dict__[self.name] = self.fget(instance)
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = ("set", value)


class Locked(Cached):
    def __get__(self, instance, owner=None):
        return super().__get__(instance, owner)


class Plain(property):
    "A subclass that changes nothing."


class Thing:
    @Cached
    def one(self):
        return []

    @Locked
    def two(self):
        return []

    @Plain
    def three(self):
        return "plain"

    changing = property(lambda self: "at first")


def use(thing):
    same = thing.one is thing.one and thing.two is thing.two
    thing.two = 5
    return same, thing.two, thing.three, thing.changing


for round in range(12):
    assert use(Thing()) == (True, ("set", 5), "plain", "at first"), round
print(len(calls), calls[:4])


# The place learnt a property; then a descriptor of another kind takes its name.
class Other(property):
    def __get__(self, instance, owner=None):
        return "afterwards"


Thing.changing = Other(lambda self: "not asked")
print(use(Thing()), Thing.one.name, Thing().changing)
Thing.changing = property(lambda self: "at last")
print(use(Thing()))

# Dataclass-like code by hand: a decorator that writes __init__, __repr__ and __eq__.
import operator
from functools import reduce


def record(cls=None, *, frozen=False):
    def decorate(cls):
        fields = {}
        for base in reversed(cls.__mro__):
            fields.update(base.__dict__.get("__annotations__", {}))
        defaults = {name: getattr(cls, name) for name in fields if hasattr(cls, name)}

        def __init__(self, *args, **kwargs):
            if len(args) > len(fields):
                raise TypeError(f"{cls.__name__} takes {len(fields)} values but {len(args)} were given")
            given = dict(zip(fields, args))
            for name, value in kwargs.items():
                if name not in fields:
                    raise TypeError(f"unexpected field {name!r}")
                if name in given:
                    raise TypeError(f"field {name!r} given twice")
                given[name] = value
            for name in fields:
                if name in given:
                    value = given[name]
                elif name in defaults:
                    value = defaults[name]
                else:
                    raise TypeError(f"field {name!r} is missing")
                object.__setattr__(self, name, value)
            post = getattr(self, "__post_init__", None)
            if post:
                post()

        def __repr__(self):
            inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields)
            return f"{cls.__name__}({inside})"

        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return all(getattr(self, n) == getattr(other, n) for n in fields)

        for function in (__init__, __repr__, __eq__):
            function.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
            setattr(cls, function.__name__, function)
        cls.__match_args__ = tuple(fields)
        if frozen:
            def __setattr__(self, name, value):
                raise AttributeError(f"cannot assign to field {name!r}")
            cls.__setattr__ = __setattr__
            cls.__hash__ = lambda self: hash(tuple(getattr(self, n) for n in fields))
        return cls
    return decorate if cls is None else decorate(cls)


@record(frozen=True)
class Money:
    cents: int
    currency: str = "EUR"

    def __add__(self, other):
        match other:
            case Money(cents, self.currency):
                return Money(self.cents + cents, self.currency)
            case 0:
                return self
            case _:
                return NotImplemented

    __radd__ = __add__

    def __mul__(self, n):
        return Money(self.cents * n, self.currency)

    def __str__(self):
        return f"{self.cents // 100}.{self.cents % 100:02d} {self.currency}"


@record
class Item:
    name: str
    price: Money
    count: int = 1

    def __post_init__(self):
        if self.count < 0:
            raise ValueError("negative count")

    @property
    def total(self):
        return self.price * self.count


@record
class Perishable(Item):
    days: int = 3


items = [Item("bolt", Money(25), 40), Item("nut", Money(10)), Perishable("milk", Money(119), days=5)]
print(*items, sep="\n")
print(sum((i.total for i in items), 0), reduce(operator.add, [i.total for i in items]))
print(Item("bolt", Money(25), 40) == items[0], items[0] == items[1], Money(1) in {Money(1), Money(2)})
for attempt in (lambda: Item(), lambda: Item("a", Money(1), nonsense=1), lambda: Item("a", Money(1), name="b"),
                lambda: Item(1, 2, 3, 4), lambda: Item("x", Money(1), -1), lambda: Money(1) + Money(1, "USD"),
                lambda: setattr(Money(1), "cents", 2)):
    try:
        print(attempt())
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, "-", error)
for thing in items + [3]:
    match thing:
        case Perishable(name, Money(c), days=d) if d > 4:
            print("fresh", name, c, d)
        case Item(name=n, count=1):
            print("single", n)
        case Item() as it:
            print("many", it.count)
        case other:
            print("other", other)

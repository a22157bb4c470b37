"""A decorator that writes __init__, __repr__, __eq__, ordering, freezing and field defaults, as the dataclasses module does."""


class Field:
    def __init__(self, default=None, factory=None, required=False, show=True):
        self.default, self.factory, self.required, self.show = default, factory, required, show

    def make(self):
        return self.factory() if self.factory else self.default


def field(**options):
    return Field(**options)


class FrozenError(AttributeError):
    pass


def record(cls=None, *, order=False, frozen=False):
    if cls is None:
        return lambda cls: record(cls, order=order, frozen=frozen)
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= getattr(base, "__fields__", {})
    for name in cls.__dict__.get("__annotations__", {}):
        value = cls.__dict__.get(name, Field(required=True))
        fields[name] = value if isinstance(value, Field) else Field(default=value)
        if isinstance(value, Field) and not value.required and value.factory is None:
            setattr(cls, name, value.default)
    seen_default = None
    for name, f in fields.items():
        if f.required and seen_default:
            raise TypeError(f"{name} without a default follows {seen_default}")
        if not f.required:
            seen_default = name
    cls.__fields__ = fields

    def __init__(self, *args, **kwargs):
        names = list(fields)
        if len(args) > len(names):
            raise TypeError(f"{cls.__name__} takes {len(names)} values, got {len(args)}")
        given = dict(zip(names, args))
        for name, value in kwargs.items():
            if name not in fields:
                raise TypeError(f"{cls.__name__} has no field {name}")
            if name in given:
                raise TypeError(f"{name} given twice")
            given[name] = value
        missing = [n for n in names if n not in given and fields[n].required]
        if missing:
            raise TypeError(f"{cls.__name__} misses {', '.join(missing)}")
        for name in names:
            object.__setattr__(self, name, given[name] if name in given else fields[name].make())
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    def values(self):
        return tuple(getattr(self, n) for n in fields)

    def __repr__(self):
        return f"{cls.__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n, f in fields.items() if f.show)})"

    def __eq__(self, other):
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    cls.__init__, cls.__eq__ = __init__, __eq__
    if "__repr__" not in cls.__dict__:
        cls.__repr__ = __repr__
    cls.__hash__ = (lambda self: hash(values(self))) if frozen else None
    if order:
        for name, test in {"__lt__": lambda a, b: a < b, "__le__": lambda a, b: a <= b, "__gt__": lambda a, b: a > b, "__ge__": lambda a, b: a >= b}.items():
            setattr(cls, name, lambda self, other, test=test: test(values(self), values(other)) if type(other) is type(self) else NotImplemented)
    if frozen:
        def refuse(self, name, *_):
            raise FrozenError(f"cannot change {name}")
        cls.__setattr__ = cls.__delattr__ = refuse
    return cls


@record(order=True)
class Version:
    major: int
    minor: int = 0
    tags: list = field(factory=list)


@record(frozen=True)
class Point:
    x: float
    y: float = 0.0

    def moved(self, dx):
        return Point(self.x + dx, self.y)


@record
class Employee:
    name: str
    salary: int = field(default=1000, show=False)

    def __post_init__(self):
        self.name = self.name.title()


@record
class Manager(Employee):
    team: list = field(factory=list)


a, b = Version(1, 2), Version(1)
a.tags.append("new")
print(a, b, a > b, a == Version(1, 2, ["new"]), sorted([a, b, Version(0, 9)]), a == 5)
p = Point(1, y=2)
print(p, p.moved(3), {p: "hashable"}[Point(1, 2)], p == Point(1.0, 2.0), Point(5))
m = Manager("grace hopper", team=["x"])
print(m, m.salary, Manager("b").team, isinstance(m, Employee), list(Manager.__fields__))
for call in (lambda: Version(), lambda: Version(1, 2, 3, 4), lambda: Version(1, major=2), lambda: Version(1, colour=3), lambda: setattr(p, "x", 5), lambda: hash(a), lambda: a < 5, lambda: delattr(p, "y")):
    try:
        print(call())
    except (TypeError, FrozenError) as error:
        print(type(error).__name__, error)
try:
    @record
    class Wrong:
        a: int = 1
        b: int
except TypeError as error:
    print(error)

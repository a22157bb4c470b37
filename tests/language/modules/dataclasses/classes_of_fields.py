# Fields, defaults, order, frozen classes, slots, what is refused, and the functions on dataclasses.
from dataclasses import (KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, make_dataclass, replace)
from typing import ClassVar


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, repr=False)
    count: ClassVar[int] = 3

    def norm(self):
        return abs(self.x) + abs(self.y)


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = field(default=0, compare=True)
    note: str = field(default='', compare=False)


@dataclass(slots=True)
class Slotted:
    a: int
    b: 'int' = 5


@dataclass
class Keywords:
    a: int
    _: KW_ONLY
    b: int = 1
    c: str


@dataclass
class WithInit:
    a: int
    scale: InitVar[int] = 2
    total: int = field(init=False)

    def __post_init__(self, scale):
        self.total = self.a * scale


show(lambda: [Point(1), Point(1) == Point(1, 0), Point(1, 2).norm(), Point.__doc__, Point.__match_args__])
show(lambda: Point(1).tags is Point(1).tags)
show(lambda: Point())
show(lambda: sorted([Version(2), Version(1, 5), Version(1)]))
show(lambda: [Version(1) == Version(1, note='x'), hash(Version(1)) == hash(Version(1, 0, 'x'))])
show(lambda: setattr(Version(1), 'major', 2))
show(lambda: hash(Point(1)))
show(lambda: [Slotted(1), Slotted.__slots__, hasattr(Slotted(1), '__dict__')])
show(lambda: [Keywords(1, c='x'), Keywords.__doc__])
show(lambda: Keywords(1, 2, 3))
show(lambda: [WithInit(3), WithInit(3, 5).total, replace(Point(1), y=9)])
show(lambda: replace(WithInit(3), total=1))
show(lambda: [asdict(Point(1, tags=[Version(1)])), astuple(Version(1))])
show(lambda: [(f.name, f.type) for f in fields(Version)])
show(lambda: [is_dataclass(Point), is_dataclass(Point(1)), is_dataclass(int)])
show(lambda: make_dataclass('Made', ['a', ('b', int), ('c', int, field(default=3))])(1, 2))
show(lambda: make_dataclass('Made', ['class']))
show(lambda: fields(5))
match Point(3, 4):
    case Point(x, y):
        print('matched', x, y)


def bad(text):
    namespace = {'dataclass': dataclass, 'field': field}
    exec(text, namespace)


for text in ('@dataclass\nclass C:\n a: list = []', '@dataclass\nclass C:\n a: int = 1\n b: int',
             '@dataclass(order=True, eq=False)\nclass C: pass', '@dataclass\nclass C:\n a = field()',
             '@dataclass\nclass C:\n a: int = field(default=1, default_factory=int)',
             '@dataclass(order=True)\nclass C:\n def __lt__(self, o): pass',
             '@dataclass(unsafe_hash=True)\nclass C:\n def __hash__(self): pass',
             '@dataclass(weakref_slot=True)\nclass C: pass',
             '@dataclass(frozen=True)\nclass C: pass\n@dataclass\nclass D(C): pass'):
    show(lambda: bad(text))

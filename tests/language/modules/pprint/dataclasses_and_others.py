# What has a way of its own to be laid out, in all widths, indented and compact.
import collections
import dataclasses
import pprint
import types


@dataclasses.dataclass
class Point:
    x: object
    y: object = None
    hidden: int = dataclasses.field(default=0, repr=False)


@dataclasses.dataclass
class Told:
    x: int

    def __repr__(self):
        return 'told ' + 'x' * self.x


class Space(types.SimpleNamespace):
    pass


words = 'the quick brown fox jumps over the lazy dog\nand goes home  \n'
circle = Point(1)
circle.y = circle
values = [
    Point([words, 2], {'key': (1,), 'other': Told(30)}), circle, Told(90),
    collections.OrderedDict(one=words, two=2), collections.defaultdict(list, a=[1, 2], b=list(range(30))),
    collections.Counter(words), collections.ChainMap({'a': words}, {}, {'b': 2}), collections.ChainMap({}),
    collections.deque(range(40)), collections.deque(range(40), 50), collections.deque(),
    types.MappingProxyType({'a': words}), Space(a=1, b=words), types.SimpleNamespace(name=words * 2, n=[1, 2, 3]),
    collections.UserDict(a=words), collections.UserList([words]), collections.UserString(words),
    {frozenset(range(5)): set(range(40)), 'text': words}, (words,), [[[[[]]]]], {1: {2: {3: {}}}},
    bytes(range(70)), bytearray(b'abc' * 20), 10 ** 30, {3: 1, 'a': 2, None: 3, (1, 2): 4},
]
for options in ({}, {'width': 30}, {'width': 10, 'indent': 4}, {'width': 40, 'compact': True}, {'depth': 2, 'indent': 2},
                {'sort_dicts': False, 'underscore_numbers': True}):
    print(options)
    for value in values:
        text = pprint.pformat(value, **options)
        print(text.replace(str(id(circle)), 'ID'))

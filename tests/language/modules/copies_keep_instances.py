"""copy, deepcopy and pickle of instances: what they take with them, who is asked, and that neither the original nor the
copy is any other afterwards."""
import copy
import pickle


class Plain:
    def __init__(self):
        self.x, self.y = 1, [1, 2]


class Slotted:
    __slots__ = ('a', 'b')

    def __init__(self):
        self.a = 1


class Both(Slotted):
    def __init__(self):
        self.a, self.z = 2, 3


class Chosen(Plain):
    def __getstate__(self):
        return {'x': 5}


class Taken(Plain):
    def __setstate__(self, state):
        self.__dict__.update(state, taken=True)


class Data:
    """Descriptors for data, of which a state knows nothing."""

    def __init__(self):
        self.__dict__['twice'] = 3

    @property
    def twice(self):
        return self.__dict__['twice'] * 2


class Answers:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return name


for cls in (Plain, Slotted, Both, Chosen, Taken, Data, Answers):
    original = cls()
    print(cls.__name__, original.__reduce_ex__(4)[1:3])
    for made in (copy.copy(original), copy.deepcopy(original), pickle.loads(pickle.dumps(original)),
                 pickle.loads(pickle.dumps(original, 1)) if cls not in (Slotted, Both) else original):
        print('   ', type(made).__name__, getattr(made, '__dict__', None), getattr(made, 'a', None), made is original)
    print('   ', getattr(original, '__dict__', None), getattr(original, 'twice', None))

one = Plain()
print(one.__getstate__() is one.__dict__)
one = Plain()
one.me = one
two = copy.deepcopy(one)
print(two.me is two, two.y is not one.y, list(vars(two)))
three = copy.copy(one)
three.x, three.new = 5, 6
print(one.x, hasattr(one, 'new'), three.y is one.y, three.me is one)
one.names = one.__dict__
four = pickle.loads(pickle.dumps(one))
print(sorted(vars(four)), sorted(four.names))
del one.y, two.x
print(list(vars(copy.copy(one))), list(vars(copy.copy(two))))

for value in ([1], {1: 2}, {3}, bytearray(b'x'), (1,), frozenset({1}), 1, 'x', None, ..., NotImplemented, int, len,
              range(3), slice(1), property(), lambda: 0, type('Made', (), {})):
    made = copy.copy(value)
    print(type(made).__name__, made is value, end=', ')
print()
print(dict(a=1, b=2), dict(**{'x': 1}, y=2), dict([(1, 2)], c=3), dict())

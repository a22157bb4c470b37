"""One loop, one call site, many kinds: iterators of native types and of subclasses with a __next__ of their own, methods
of numbers at sites that see strings too, callables that native functions call."""
import array
import collections
import functools
import io
import itertools
import operator


class Lines(io.StringIO):
    def __next__(self):
        return super().__next__().upper()


class Numbered(map):
    def __next__(self):
        return 'mapped', super().__next__()


def walk(iterables):
    seen = []
    for iterable in iterables:
        for item in iterable:
            seen.append(item)
    return seen


for _ in range(3):
    print(walk([io.StringIO('a\nb\n'), Lines('c\nd\n'), io.StringIO('e\n'), collections.deque([1, 2]),
                itertools.islice(itertools.count(5), 2), array.array('d', [1.5]), Numbered(abs, [-1, -2]),
                map(abs, [-3]), io.BytesIO(b'x\ny'), itertools.chain([7], Lines('q')), b'az']))
    print(list(itertools.chain(Lines('c\nd'), io.StringIO('e\n'), Numbered(str, (1, 2)))))


def sizes(values):
    return [value.__class__.__name__ + str(value.__hash__() == hash(value)) for value in values]


def ask(values):
    answers = []
    for value in values:
        try:
            answers.append(value.is_integer())
        except AttributeError as error:
            answers.append(str(error))
    return answers


class Whole(float):
    def is_integer(self):
        return 'overridden'


for _ in range(3):
    print(sizes([1, 2.5, 'a', True, 10**30, 1e300, None]))
    print(ask([1.5, 2.0, Whole(2), 1e300, 3, 'text', True, 2.0]))
    print([n.bit_length() for n in (0, 1, -5, 2**70, True, 2**61)], [x.hex() for x in (1.5, 0.1, 1e300)])

try:
    (1).bit_length(2)
except TypeError as error:
    print(error)


class Meta(type):
    def __call__(cls, *args):
        return 'by the metaclass', args


class Made(metaclass=Meta):
    pass


class Borrowed:
    """Its __call__ belongs to another type."""
    __call__ = operator.itemgetter.__call__


class Text(str):
    def __new__(cls, value):
        return super().__new__(cls, f'<{value}>')


class Failing(Exception):
    def __init__(self, value):
        super().__init__(value * 2)


class Bound(functools.partial):
    pass


items = [(3, 'c'), (1, 'a'), (2, 'b')]
for function in (operator.itemgetter(1), Bound(operator.itemgetter(0)), functools.partial(max, (0, 'z')), tuple, list, str, bool, type, Made, len,
                 repr, dict.fromkeys, functools.lru_cache(len), operator.methodcaller('index', 3), Text, Failing,
                 Borrowed(), int, object):
    try:
        print(list(map(function, items)))
    except Exception as error:
        print(type(error).__name__, error)
print(sorted(items, key=operator.itemgetter(1)), sorted(items, key=Bound(operator.itemgetter(0))), max(items, key=Bound(len)))
print(list(map(int, ['1', '22'])), list(map(int, ['1', '22'], [8, 3])), list(map(str, [b'x'], ['ascii'])))

# Pieces of bytes.
data = b'hello world'
print([data[a:b] for a in (0, 3, -2, None, 50) for b in (None, 5, -1, 0)], data[:] is data, data[::2], data[4:1:-1])

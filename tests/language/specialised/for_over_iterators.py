# One for statement over iterators of all kinds in turn: built-in ones, classes of the program, subclasses of built-in ones,
# generators; errors and the end in the middle.


def walk(*iterables):
    seen = []
    for iterable in iterables:
        for item in iterable:
            seen.append(item)
        seen.append('|')
    return seen


class Own:
    def __iter__(self):
        self.left = 2
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left


class Mapped(map):
    def __next__(self):
        return ('mapped', super().__next__())


def generated():
    yield from 'gh'


KINDS = [b'ab', bytearray(b'cd'), {5}, reversed([1, 2]), map(abs, [-1]), filter(None, [0, 3]), zip([1], [2]), enumerate('a'),
         iter(lambda: 1, 1), 'h\xe9\u20ac', memoryview(b'xy'), frozenset([2]), {1: 2}.items(), reversed({1: 2}),
         zip([1], [2], [3]), Own(), Mapped(abs, [-4]), generated(), [7], (8,), range(2), {'k': 'v'}.values(),
         iter([9]), range(10**30, 10**30 + 2)]
print(walk(*KINDS))
print(walk(Own(), b'q', Mapped(abs, [1]), 'st', Own(), {3}, [1]))
for rounds in range(3):
    print(walk(*([b'ab', Own(), 'xyz', [1], map(abs, [-2])] * 2)))


def sums(values):
    total = 0
    try:
        for value in map(int, values):
            total += value
    except ValueError as error:
        return total, str(error)
    return total


print(sums(['1', '2']), sums(['4', 'q', '5']), sums([]))
changing = {1, 2, 3}
try:
    for item in changing:
        changing.add(item + 10)
except RuntimeError as error:
    print(error)
try:
    for item in Own:
        pass
except TypeError as error:
    print(error)

print('a' in 'banana', '\u20ac' in 'abc', '\xe9' in 'caf\xe9', 'e' in '', '' in 'abc', 'x' in 'caf\u20acx', '\u20ac' in '\u20ac')
print(sum([1, 2.5]), sum((1, 2)), sum([[1], [2]], []), any([0, 0]), all([]), any([0, 'x']), max([3, 5, 1]), min((4, 2)), max('abc'))
nan = float('nan')
print([1, nan] == [1, nan], [1, 2, 3] < [1, 2, 4], [1, 2] == [1, 2, 3], [[1], 2] == [[1], 2], [1.0] == [1], [True] == [1],
      [1, 'a', None] == [1, 'a', None], [1, 2, 5] > [1, 2, 4, 9], [] == [], [] < [1])

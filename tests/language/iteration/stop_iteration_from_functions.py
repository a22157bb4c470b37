# A StopIteration that a function raises inside map, filter or itertools ends the iteration, as one
# from __next__ does; next() without a default lets it out with its value.
import itertools


def until_three(item):
    if item > 2:
        raise StopIteration("enough")
    return item


def stops(*_):
    raise StopIteration


def numbers():
    return map(until_three, [1, 2, 3, 4])


consumers = [
    list, tuple, set, sorted, dict.fromkeys, max, min, any, all, sum, frozenset,
    lambda it: list(enumerate(it)), lambda it: ",".join(map(str, it)), lambda it: list(zip(it, "abc")),
    lambda it: list(filter(None, it)), lambda it: [*it], lambda it: {n: n for n in it},
    lambda it: (lambda *given: given)(*it), lambda it: [n for n in it], lambda it: 7 in it,
    lambda it: list(itertools.chain(it, [9])), lambda it: list(itertools.islice(it, 5)),
]
for number, consumer in enumerate(consumers):
    print(number, consumer(numbers()))

for item in numbers():
    print("loop", item)
first, *rest = numbers()
print(first, rest)

print(list(filter(until_three, [1, 2, 3, 4])))
print(list(itertools.starmap(until_three, [(1,), (2,), (3,)])))
for tool in itertools.takewhile, itertools.dropwhile, itertools.filterfalse:
    print(tool.__name__, list(tool(stops, [1, 2])))
print(list(itertools.groupby([1, 2], stops)), list(itertools.accumulate([1, 2, 3], stops)))


def delegate():
    result = yield from numbers()
    print("result", result)


print(list(delegate()))

it = numbers()
print(next(it), next(it), next(it, "default"), next(it, "again"))
try:
    next(map(until_three, [5]))
except StopIteration as stop:
    print("value", stop.value)
try:
    list(map(until_three, [None]))
except TypeError as error:
    print(error)

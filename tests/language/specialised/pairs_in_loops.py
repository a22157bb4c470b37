"""for a, b in ...: the pairs of zip, enumerate and items(), taken apart as they come."""


def show(pairs):
    out = []
    for a, b in pairs:
        out.append((b, a))
    return out


def both_kept(pairs):
    for pair in pairs:
        a, b = pair
        print(pair, a, b, end=" ")
    print()


class Numbers(enumerate):
    def __next__(self):
        n, item = super().__next__()
        return n * 10, item


class Zipped(zip):
    def __next__(self):
        return super().__next__()[::-1]


table = {"x": 1, "y": 2, "z": 3}
for _ in range(3):
    print(show(zip([1, 2, 3], "abcd")))
    print(show(zip(iter("abc"), range(2))))
    print(show(enumerate("abc", 5)))
    print(show(enumerate([], 5)))
    print(show(table.items()))
    print(show(reversed(table.items())))
    print(show([(1, 2), "ab", [3, 4]]))
    print(show(Numbers("pq")), show(Zipped([1], [2])))
    print(show((i, i * i) for i in range(3)))
    print(show(zip([1, 2], [3, 4], strict=True)))
    both_kept(zip("ab", "cd"))
    both_kept(enumerate("ab"))
    both_kept(table.items())

print({a: b for a, b in zip("abc", range(3))}, [a * b for a, b in enumerate(range(4), 2**61)])


def attempt(pairs):
    try:
        return show(pairs)
    except (ValueError, TypeError, RuntimeError, KeyError) as error:
        return type(error).__name__, str(error)


def failing():
    yield 1
    raise KeyError("from inside")


print(attempt(zip([1, 2], [3], strict=True)))
print(attempt(zip([1], [2], [3])))
print(attempt(zip([1, 2])))
print(attempt(zip([1, 2], failing())))
print(attempt(enumerate(failing())))
print(attempt([(1, 2, 3)]))


def growing():
    d = {1: 1}
    for key, value in d.items():
        d[key + 1] = value


def deleting():
    d = {1: 1, 2: 2, 3: 3}
    for key, value in d.items():
        del d[key]
        d[key + 10] = value


for change in (growing, deleting):
    try:
        change()
    except RuntimeError as error:
        print(error)


class Target:
    pass


t, box = Target(), [0]
for t.name, box[0] in zip("mn", "op"):
    print(t.name, box[0], end=" ")
for first, (second, third) in enumerate(zip("ab", "cd")):
    print(first, second, third, end=" ")
print()

"""Slices that never become objects: the same site with every kind of bound and container."""


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n

    def __repr__(self):
        return f"Index({self.n})"


class Recorder:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


def read(box, start, stop):
    return box[start:stop]


def read_by_steps(box, start, stop, step):
    return box[start:stop:step]


def write(box, start, stop, items):
    box[start:stop] = items
    return box


numbers = list(range(10))
boxes = [numbers, tuple(numbers), "0123456789", "wörter→🐍ende", b"bytes here", bytearray(b"abcdef"), range(10), Recorder()]
for box in boxes * 2:
    for start, stop in [(None, None), (2, 5), (-3, None), (None, -3), (8, 2), (-99, 99), (Index(1), Index(3)), (True, 4), (2**70, 2**80)]:
        print(read(box, start, stop), end=" ")
    print()
    for start, stop, step in [(None, None, -1), (8, 1, -2), (None, None, 3), (1, None, 99), (-1, -99, -3), (None, 0, -1), (0, None, -1)]:
        try:
            print(read_by_steps(box, start, stop, step), end=" ")
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error, end=" ")
    print()

for step in (0, "x"):
    try:
        read_by_steps(numbers, 1, 2, step)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

print(write(list(range(6)), 1, 3, ["a", "b", "c", "d"]))
print(write(list(range(6)), 4, 2, ("x",)))
print(write(list(range(6)), -2, None, []))
print(write(list(range(6)), None, None, "text"))
print(write(list(range(6)), 2, 99, {1: 2}))
own = list(range(4))
print(write(own, 1, 2, own))
write(Recorder(), 1, 2, 3)
for items in (5, None):
    try:
        write([1, 2, 3], 0, 1, items)
    except TypeError as error:
        print(error)

work = list(range(8))
work[:5] = work[4::-1]
print(work)
work[1:3] += ["more"]
print(work)
del work[2:4], Recorder()[1:2]
print(work)


def fail(box):
    return box[1:2]


try:
    fail(3)
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)

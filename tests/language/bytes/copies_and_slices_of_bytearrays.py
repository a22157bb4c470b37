# copy and reduce of bytearrays and of their iterators; deleting every n-th byte by assigning nothing; __bytes__ of a str.
import copy


class Tagged(bytearray):
    pass


tagged = Tagged(b"abcd")
tagged.tag = [1, 2]
for again in (copy.copy(tagged), copy.deepcopy(tagged)):
    print(type(again).__name__, bytes(again), again.tag, again is tagged)
for thing in (bytearray(b"xy\xff"), bytearray()):
    print(thing.__reduce__(), thing.__reduce_ex__(2), thing.__reduce_ex__(3), copy.copy(thing))
for source in (b"abc", bytearray(b"abc")):
    it = iter(source)
    next(it)
    function, arguments, index = it.__reduce__()
    print(function.__name__, arguments, index, list(copy.copy(it)), list(it), it.__reduce__()[1])

b = bytearray(range(10))
b[1:-1:2] = b""
print(list(b))
b[::3] = bytearray()
print(list(b))
b[1:2] = b""
print(list(b))
view = memoryview(b)
for change in ("b[::2] = b''", "b[0:1] = b''", "del b[::2]"):
    try:
        exec(change)
    except BufferError as error:
        print(change, error)
try:
    b[::2] = b"abcdef"
except ValueError as error:
    print(error)


class Text(str):
    def __bytes__(self):
        return b"own"


print(bytes(Text("\u20ac")), bytes(Text("\u20ac"), "iso8859-15"))

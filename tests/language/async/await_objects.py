class Awaitable:
    def __init__(self, *steps): self.steps = steps
    def __await__(self):
        got = []
        for s in self.steps:
            got.append((yield s))
        return got


async def main():
    first = await Awaitable("a", "b")
    second = await Awaitable()
    return first, second


c = main()
print(c.send(None), c.send(1))
try:
    c.send(2)
except StopIteration as stop:
    print(stop.value)


async def awaits(x):
    return await x


class BadAwait:
    def __await__(self): return 5


for x in (5, "text", [], BadAwait()):
    try:
        awaits(x).send(None)
    except TypeError as error:
        print(error)


async def twice(c):
    await c
    await c


async def nothing(): pass


try:
    twice(nothing()).send(None)
except RuntimeError as error:
    print(error)

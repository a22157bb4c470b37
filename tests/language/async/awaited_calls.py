# `await f(...)` with every kind of callable and of argument. The calls run in a loop, so that the interpreter has seen
# each of them before it meets it again.
import asyncio
import functools
import types


async def plain(a, b=2, *rest, key=None, **more):
    return a, b, rest, key, more


async def simple(a, b):
    return a - b


async def defaulted(a, b=10):
    return a + b


def makes_adder(step):
    total = 0

    async def add(number):
        nonlocal total
        total += number * step
        return total

    return add


class Thing:
    factor = 3

    def __init__(self):
        self.stored = simple

    async def method(self, number):
        return number * self.factor

    @classmethod
    async def of_class(cls, number):
        return cls.__name__, number

    @staticmethod
    async def static(number):
        return number + 1

    async def __call__(self, number):
        return "called", number

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, value, traceback):
        return kind is KeyError

    def __aiter__(self):
        self.left = 3
        return self

    async def __anext__(self):
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return await self.method(self.left)

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return "awaited thing"


class Parent:
    async def name(self):
        return "parent"


class Child(Parent):
    async def name(self):
        return "child of " + await super().name()


def returns_thing():
    return Thing()


def returns_coroutine(a):
    return simple(a, 1)


@types.coroutine
def by_generator(number):
    got = yield from asyncio.sleep(0, number).__await__()
    return got * 2


@functools.wraps(simple)
async def wrapper(*args, **kwargs):
    return await simple(*args, **kwargs)


async def fibonacci(n):
    return n if n < 2 else await fibonacci(n - 1) + await fibonacci(n - 2)


async def every_call():
    thing, add = Thing(), makes_adder(2)
    bound, partial = thing.method, functools.partial(simple, 9)
    for _ in range(3):
        print(await plain(1), await plain(1, 3), await plain(1, 2, 3, 4), await plain(1, key=5, other=6))
        print(await plain(*(1, 2, 3)), await plain(**{"a": 7, "key": 8}), await plain(*[0], key=1))
        print(await simple(5, 3), await simple(b=5, a=3), await defaulted(1), await defaulted(1, 2), await defaulted(a=4))
        print(await add(1), await add(2), await thing.method(4), await bound(5), await Thing.method(thing, 6))
        print(await thing.of_class(1), await Thing.of_class(2), await thing.static(3), await Thing.static(4))
        print(await thing.stored(8, 2), await thing(7), await partial(4), await wrapper(3, b=1))
        print(await returns_thing(), await returns_coroutine(5), await by_generator(6), await Child().name())
        print(await (lambda x: simple(x, 1))(3), (await simple(1, 2), await simple(2, 1)), await fibonacci(6))
        print([await simple(i, 1) for i in range(3)], {await thing.static(i): i for i in range(2)})
        print([x async for x in thing], await simple(await simple(9, 1), await simple(2, await simple(1, 0))))
        async with thing as entered:
            print(entered is thing)
        async with Thing(), Thing() as second:
            raise KeyError("swallowed", await second.method(1))


async def returns_from_with(number):
    async with Thing():
        return await simple(number, 1)


async def changing():
    """One call instruction that meets one kind of callable after the other."""
    async def one(x):
        return "one", x

    async def two(x, y=2):
        await asyncio.sleep(0)
        return "two", x, y

    async def three(*args):
        return "three", args

    async def agen(x):
        yield x

    def four(x):
        return by_generator(x)

    for function in [one, one, two, three, one, four, Thing(), one, two, Thing().of_class, agen, len, None, one]:
        try:
            print(await function(1))
        except TypeError as error:
            print("TypeError:", error)

    async def first(x):
        return "first code", x

    async def second(x):
        return "second code", x + 1

    for _ in range(2):
        print(await first(1))
        first.__code__ = second.__code__
    first.__defaults__ = (7,)
    print(await first())
    for wrong in [(), (1, 2, 3)]:
        try:
            await simple(*wrong)
        except TypeError as error:
            print(error)
    try:
        await simple(1, c=2)
    except TypeError as error:
        print(error)


async def generator():
    for i in range(3):
        got = yield await simple(i, 1)
        print("got", got, await simple(i, 2))


async def through_generator():
    values = generator()
    print(await values.asend(None), await values.asend("a"), await values.asend("b"))
    async for value in generator():
        print("value", value, await returns_from_with(value))


asyncio.run(every_call())
asyncio.run(changing())
asyncio.run(through_generator())

class NoAenter:
    async def __aexit__(self, *a): pass


class NotAwaitable:
    def __aenter__(self): return 5
    async def __aexit__(self, *a): pass


class NotIter: pass


class BadAnext:
    def __aiter__(self): return self
    def __anext__(self): return 5


class BadAiter:
    def __aiter__(self): return 5


async def with_(x):
    async with x:
        pass


async def for_(x):
    async for y in x:
        pass


for c in (with_(NoAenter()), with_(NotAwaitable()), with_(5), for_(NotIter()), for_(BadAnext()), for_(BadAiter()), for_([1])):
    try:
        c.send(None)
    except TypeError as e:
        print(e)

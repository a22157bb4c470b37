class Ready:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


class Manager:
    async def __aenter__(self):
        print("aenter")
        return await Ready("entering")

    async def __aexit__(self, *exc):
        print("aexit", exc[0])
        return True


class Ticker:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def main():
    async with Manager() as m, Manager():
        print("got", m)
        raise ValueError("suppressed")
    async for i in Ticker(2):
        print("tick", i)
    else:
        print("else")
    print([i async for i in Ticker(3) if i], {i: await Ready(i) async for i in Ticker(1)})
    return "end"


coroutine = main()
to_send = None
while True:
    try:
        print("yielded", coroutine.send(to_send))
        to_send = "sent"
    except StopIteration as stop:
        print("returned", stop.value)
        break

class Step:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)


async def agen(n):
    for i in range(n):
        got = await Step(f"step {i}")
        sent = yield (i, got)
        print("sent", sent)


g = agen(2)
print(type(g).__name__, g.__aiter__() is g)


def drive(awaitable, *values):
    it = awaitable.__await__()
    out = []
    values = list(values)
    try:
        out.append(it.send(None))
        while True:
            out.append(it.send(values.pop(0) if values else None))
    except StopIteration as stop:
        return out, stop.value


print(drive(g.__anext__(), "x"))
print(drive(g.asend("into"), "y"))
try:
    drive(g.__anext__())
except StopAsyncIteration as e:
    print("done", e.args)


async def closing():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


g = closing()
print(drive(g.__anext__()))
print(drive(g.aclose()))
g = closing()
drive(g.__anext__())
try:
    drive(g.athrow(ValueError("thrown")))
except ValueError as e:
    print(e)


async def consume():
    out = []
    async for x in closing():
        out.append(x)
    return out + [y async for y in closing() if y > 1]


print(drive(consume()))

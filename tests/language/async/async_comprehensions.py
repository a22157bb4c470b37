async def arange(n):
    for i in range(n):
        yield i


async def double(x): return x * 2


async def main():
    print([x async for x in arange(4)])
    print({x async for x in arange(3)} == {0, 1, 2})
    print({x: await double(x) async for x in arange(3) if x})
    print([await double(x) for x in range(3)])
    print([(x, y) async for x in arange(2) async for y in arange(2)])
    print([[y async for y in arange(x)] for x in range(3)])
    g = (x * 10 async for x in arange(3))
    print(type(g).__name__)
    async for v in g:
        print(v, end=" ")
    print()
    g2 = (await double(x) for x in range(2))
    print([v async for v in g2])


try:
    main().send(None)
except StopIteration:
    print("end")

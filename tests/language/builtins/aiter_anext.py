class A:
    def __init__(self): self.n = 0
    def __aiter__(self): return self

    async def __anext__(self):
        self.n += 1
        if self.n > 2:
            raise StopAsyncIteration
        return self.n


async def main():
    it = aiter(A())
    print(await anext(it), await anext(it), await anext(it, "default"))
    try:
        await anext(it)
    except StopAsyncIteration:
        print("stopped")


try:
    main().send(None)
except StopIteration:
    pass
for call in (lambda: aiter(5), lambda: anext(5), lambda: aiter([])):
    try:
        call()
    except TypeError as e:
        print(e)

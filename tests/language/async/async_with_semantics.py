class M:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow

    async def __aenter__(self):
        print("enter", self.name)
        return self.name

    async def __aexit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__)
        return self.swallow


async def main():
    async with M("a") as a, M("b", True) as b:
        print(a, b)
        raise ValueError
    async with M("c"):
        return "returned"


async def loops():
    for i in range(3):
        async with M(i):
            if i == 0:
                continue
            break
    try:
        async with M("x"):
            raise KeyError("k")
    except KeyError as e:
        print("caught", e)


for c in (main(), loops()):
    try:
        c.send(None)
    except StopIteration as s:
        print(s.value)

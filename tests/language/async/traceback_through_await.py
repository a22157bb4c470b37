class Fail:
    def __await__(self):
        yield
        raise ValueError("inside await")


async def inner():
    await Fail()


async def outer():
    await inner()


c = outer()
c.send(None)
c.send(None)

async def f(x):
    return x * 2


c = f(4)
print(type(c).__name__, c.__name__, c.cr_running, c.cr_frame is not None)
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
try:
    c.send(None)
except RuntimeError as error:
    print(error)


async def g():
    a = await f(1)
    b = await f(a)
    return a, b


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


print(run(g()))
c = f(1)
try:
    c.send(5)
except TypeError as error:
    print(error)
c.close()
try:
    iter(f)
except TypeError as error:
    print(error)
c = f(1)
try:
    for x in c:
        pass
except TypeError as error:
    print(error)
c.close()

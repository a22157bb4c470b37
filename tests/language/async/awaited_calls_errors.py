# Tracebacks, frame objects and trace functions along awaited calls, from frames that have suspended and from others.
import asyncio
import sys
import traceback
import types
import warnings


@types.coroutine
def pause():
    yield


async def fails(suspend):
    if suspend:
        await pause()
    raise ValueError("told")


async def between(suspend):
    return 1 + await fails(suspend)


async def top(suspend):
    async with manager() as entered:
        await between(suspend); print("not reached", entered)


class manager:
    async def __aenter__(self):
        await helper()
        return self

    async def __aexit__(self, kind, value, trace):
        print("exit", kind.__name__, trace.tb_frame.f_code.co_name, await helper())


async def helper():
    return sys._getframe(1).f_code.co_name


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


for suspend in False, True, False:
    try:
        run(top(suspend))
    except ValueError:
        print(traceback.format_exc())


async def stops(suspend, error):
    if suspend:
        await pause()
    raise error


async def asks(suspend, error):
    try:
        await stops(suspend, error)
    except RuntimeError as converted:
        return repr(converted), repr(converted.__cause__), converted.__cause__ is converted.__context__
    except StopAsyncIteration as same:
        return repr(same)


for suspend in False, True:
    print(run(asks(suspend, StopIteration(5))))
    print(run(asks(suspend, StopAsyncIteration(6))))


# --- frames that are watched ---

async def watched(suspend):
    local = 1
    frame = sys._getframe()
    assert frame.f_locals["local"] == 1
    if suspend:
        await pause()
    local = 2
    return frame


async def watches(suspend):
    frame = await watched(suspend)
    return (frame.f_code.co_name, frame.f_back if suspend else frame.f_locals["local"],
            sorted(locals()), sys._getframe().f_back.f_code.co_name)


for suspend in False, True, False:
    print(run(watches(suspend)))


async def lines():
    def shown():
        return [f.f_lineno - lines.__code__.co_firstlineno for f in frames()]

    def frames():
        frame = sys._getframe(2)
        while frame.f_code.co_name != "run":
            yield frame
            frame = frame.f_back

    async def one():
        return shown()

    async def two():
        return (
            await one())

    return await two(), await \
        two()


print(run(lines()))


# --- trace functions ---

events = []


def tracer(frame, event, argument):
    name = frame.f_code.co_name
    if frame.f_code.co_filename == __file__ and name not in ("untraced", "run"):
        if event == "exception":
            argument = argument[0].__name__
        events.append((name, event, frame.f_lineno - frame.f_code.co_firstlineno,
                       argument if isinstance(argument, (int, str, type(None))) else "..."))
        return tracer


def profiler(frame, event, argument):
    name = frame.f_code.co_name
    if event in ("call", "return") and frame.f_code.co_filename == __file__ and name != "run":
        events.append((name, event, argument if isinstance(argument, (int, type(None))) else "..."))


async def adds(a, b):
    c = a + b
    return c


async def divides(a, b):
    return a // b


async def computes(suspend):
    total = 0
    for i in range(2):
        total += await adds(i, 1)
    if suspend:
        await pause()
    try:
        await divides(total, 0)
    except ZeroDivisionError:
        total = -1
    return total


def show(title):
    print(title)
    for event in events:
        print("   ", event)
    events.clear()


run(computes(False))
for suspend in False, True:
    sys.settrace(tracer)
    run(computes(suspend))
    sys.settrace(None)
    show(f"trace {suspend}")
    sys.setprofile(profiler)
    run(computes(suspend))
    sys.setprofile(None)
    show(f"profile {suspend}")


async def begins_tracing():
    sys.settrace(tracer)
    return await adds(1, 2)


async def ends_tracing():
    value = await adds(2, 3)
    sys.settrace(None)
    return value


async def some_of_it():
    await adds(0, 0)
    await begins_tracing()
    value = await adds(3, 4)
    await ends_tracing()
    await adds(5, 6)
    return value


for _ in range(2):
    print(run(some_of_it()))
    show("begun inside")


# --- warnings ---

async def forgotten():
    adds(1, 1)
    await adds(1, 1)
    kept = adds(2, 2)
    del kept


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    run(forgotten())
    import gc
    gc.collect()
    print(sorted(str(warning.message) for warning in caught))


# --- in tasks ---

async def job(number):
    if number % 2:
        await asyncio.sleep(0)
    if number == 3:
        await asyncio.Event().wait()
    return await deeper(number)


async def deeper(number):
    if number == 4:
        raise LookupError(number)
    return asyncio.current_task().get_name(), number


async def supervise():
    tasks = [asyncio.create_task(job(i), name=f"job {i}") for i in range(5)]
    await asyncio.sleep(0.01)
    print([frame.f_code.co_name for frame in tasks[3].get_stack()], tasks[3].get_coro().cr_await.cr_code.co_name)
    tasks[3].cancel("enough")
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        print(repr(result))
    try:
        await asyncio.wait_for(job(3), 0.01)
    except asyncio.TimeoutError as error:
        print(repr(error))


asyncio.run(supervise())

"""call_soon, and a coroutine call that does not suspend beside a plain call."""
import asyncio
import time

from measure import measure, report


async def call_soon():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = 200_000

    def call():
        nonlocal left
        left -= 1
        if left:
            loop.call_soon(call)
        else:
            done.set_result(None)

    call()
    await done


def plain(number):
    return number


async def coroutine(number):
    return number


async def calls(count):
    """Seconds of plain calls and of awaited ones, in turn."""
    begun = time.process_time()
    for number in range(count):
        plain(number)
    middle = time.process_time()
    for number in range(count):
        await coroutine(number)
    return middle - begun, time.process_time() - middle


measure("call_soon", call_soon, 200_000)
asyncio.run(calls(50_000))
of_plain, of_await = map(min, zip(*[asyncio.run(calls(300_000)) for _ in range(3)]))
report("awaited calls", 300_000, of_await)
report("plain calls", 300_000, of_plain)

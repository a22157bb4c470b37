"""Two tasks that hand something to each other: through queues, events, a lock."""
import asyncio

from measure import measure

ROUNDS = 30_000


async def queue():
    there, back = asyncio.Queue(), asyncio.Queue()

    async def echo():
        for _ in range(ROUNDS):
            await back.put(await there.get())

    task = asyncio.create_task(echo())
    for number in range(ROUNDS):
        await there.put(number)
        assert await back.get() == number
    await task


async def event():
    there, back = asyncio.Event(), asyncio.Event()

    async def answer():
        for _ in range(ROUNDS):
            await there.wait()
            there.clear()
            back.set()

    task = asyncio.create_task(answer())
    for _ in range(ROUNDS):
        there.set()
        await back.wait()
        back.clear()
    await task


async def lock():
    lock = asyncio.Lock()

    async def worker():
        for _ in range(600):
            async with lock:
                await asyncio.sleep(0)

    await asyncio.gather(*[worker() for _ in range(50)])


measure("Queue ping-pong", queue, 2 * ROUNDS)
measure("Event hand-over", event, 2 * ROUNDS)
measure("Lock hand-over", lock, 30_000)

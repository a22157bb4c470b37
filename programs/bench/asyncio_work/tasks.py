"""Task switches with sleep(0), and making tasks that gather() waits for."""
import asyncio

from measure import measure


async def switches():
    async def worker():
        for _ in range(100):
            await asyncio.sleep(0)

    await asyncio.gather(*[worker() for _ in range(1000)])


async def creation():
    async def worker():
        return 1

    for _ in range(50):
        await asyncio.gather(*[worker() for _ in range(1000)])


measure("switches with sleep(0)", switches, 100_000)
measure("tasks made and gathered", creation, 50_000)

"""A timer may become due between the moment the loop has computed its waiting time and the moment it waits."""
import asyncio


async def nap(times):
    for _ in range(times):
        await asyncio.sleep(0.0001)
    return times


async def main():
    await nap(1500)
    return sum(await asyncio.gather(*[nap(200) for _ in range(20)]))


print(asyncio.run(main()))

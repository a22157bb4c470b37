"""Three waits at once in one thread. ./run.sh programs/asyncio/overlapping_waits.py

What to watch: a coroutine runs until its first `await` that has to wait, and gives way there; so all three have begun
before one of them ends, and together they take as long as the longest. The other half makes the same calls one after
the other. No thread is started: the line about threads says how many there are. `gather` keeps the order of its
arguments, whoever ends first.
"""
import asyncio
import threading


async def brew(cup, seconds):
    print(f"{cup}: water on")
    await asyncio.sleep(seconds)
    print(f"{cup}: ready, threads: {threading.active_count()}")
    return cup


async def main():
    print("together:")
    cups = await asyncio.gather(brew("tea", 0.3), brew("coffee", 0.2), brew("cocoa", 0.1))
    print("in the order of the call:", cups)
    print("one after the other:")
    for cup, seconds in (("tea", 0.03), ("coffee", 0.02), ("cocoa", 0.01)):
        await brew(cup, seconds)


asyncio.run(main())

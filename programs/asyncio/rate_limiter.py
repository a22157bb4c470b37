"""A rate limiter: a bucket of tokens that fills at a steady pace. ./run.sh programs/asyncio/rate_limiter.py

What to watch: the bucket computes from the loop's clock how many tokens there are, so it needs no task that fills it.
Who finds it empty sleeps exactly until the next token, in the order of arrival, because the lock is held meanwhile. The
program lets a clock of its own tell the time: with it a minute passes at once and the figures are always the same.
"""
import asyncio
import heapq


class Bucket:
    def __init__(self, per_second, burst, clock):
        self.pace = 1 / per_second
        self.burst = burst
        self.clock = clock
        self.tokens = burst
        self.filled_at = clock.now
        self.turn = asyncio.Lock()

    async def take(self):
        async with self.turn:
            self.fill()
            if self.tokens < 1:
                await self.clock.sleep((1 - self.tokens) * self.pace)
                self.fill()
            self.tokens -= 1

    def fill(self):
        passed = self.clock.now - self.filled_at
        self.tokens = min(self.burst, self.tokens + passed / self.pace)
        self.filled_at = self.clock.now


class Clock:
    """Time goes on only when everybody waits for it."""

    def __init__(self):
        self.now = 0.0
        self.sleepers = []
        self.number = 0

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        self.number += 1
        heapq.heappush(self.sleepers, (self.now + seconds, self.number, woken))
        await woken

    async def run(self):
        while True:
            for _ in range(10):  # whoever can go on does so first
                await asyncio.sleep(0)
            if self.sleepers:
                self.now, _, woken = heapq.heappop(self.sleepers)
                woken.set_result(None)


async def client(name, bucket, count, log):
    for _ in range(count):
        await bucket.take()
        log.append((round(bucket.clock.now, 3), name))


async def main():
    clock = Clock()
    bucket = Bucket(per_second=4, burst=3, clock=clock)
    ticking = asyncio.create_task(clock.run())
    log = []
    async with asyncio.TaskGroup() as clients:
        for name in "abc":
            clients.create_task(client(name, bucket, 5, log))
    ticking.cancel()
    for when, name in log:
        print(f"{when:6.3f}s  {name}")
    print("15 requests, 3 at once and then 4 a second:", log[-1][0], "seconds")


asyncio.run(main())

"""A loop in each of two threads, and work handed over. ./run.sh programs/asyncio/loops_in_threads.py

What to watch: a loop and its tasks belong to one thread; within it nothing needs a lock. The threads share nothing but
the loops themselves, and only two doors lead into another thread's loop: run_coroutine_threadsafe(), which gives a
future to wait for, and call_soon_threadsafe(). Under ./run.sh --nogil the loops run at the same time, each on a core of
its own, and the sums take half as long on two cores; under the GIL they take turns. Both print the same.
"""
import asyncio
import threading


class Office:
    """A thread whose loop runs until it is told to close."""

    def __init__(self, name):
        self.name = name
        self.loop = None
        self.is_open = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.work()), name=name)
        self.thread.start()
        self.is_open.wait()

    async def work(self):
        self.loop = asyncio.get_running_loop()
        self.closing = asyncio.Event()
        self.is_open.set()
        await self.closing.wait()

    def ask(self, coroutine):
        """Has the office run it; a future that any thread can wait for."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def close(self):
        self.loop.call_soon_threadsafe(self.closing.set)
        self.thread.join()


async def sum_of_squares(start, end):
    """Gives way now and then, so that the office answers others meanwhile."""
    total = 0
    for block in range(start, end, 5000):
        total += sum(n * n for n in range(block, min(end, block + 5000)))
        await asyncio.sleep(0)
    return threading.current_thread().name, total


async def main():
    offices = [Office("north"), Office("south")]
    try:
        questions = [office.ask(sum_of_squares(number * 50_000, (number + 1) * 50_000))
                     for number, office in enumerate(offices)]
        # A concurrent.futures.Future of another thread becomes one that this loop can await.
        answers = await asyncio.gather(*map(asyncio.wrap_future, questions))
        for name, total in answers:
            print(f"{name}: {total}")
        print("together:", sum(total for _, total in answers), "=", sum(n * n for n in range(100_000)))

        # An office may ask another one, as it asks anybody: without blocking its own loop.
        async def pass_on():
            name, total = await asyncio.wrap_future(offices[1].ask(sum_of_squares(0, 10)))
            return f"{threading.current_thread().name} asked {name}: {total}"
        print(await asyncio.wrap_future(offices[0].ask(pass_on())))
    finally:
        for office in offices:
            office.close()
    print("threads left:", threading.active_count())


asyncio.run(main())

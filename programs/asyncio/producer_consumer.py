"""Producers and consumers around one bounded queue. ./run.sh programs/asyncio/producer_consumer.py

What to watch: the queue holds two items. A producer that is ahead waits in put(), a consumer that is ahead waits in
get(), and join() returns when every item has been accounted for by task_done(). Nobody sleeps to give way to another.
"""
import asyncio


async def produce(queue, name, count):
    for number in range(count):
        await queue.put(f"{name}{number}")
    print(f"producer {name} is through")


async def consume(queue, results):
    while True:
        item = await queue.get()
        try:
            await asyncio.sleep(0)  # here the work would be done
            results.append(item.upper())
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    results = []
    consumers = [asyncio.create_task(consume(queue, results)) for _ in range(3)]
    async with asyncio.TaskGroup() as producers:
        for name in "abc":
            producers.create_task(produce(queue, name, 4))
    await queue.join()
    for consumer in consumers:
        consumer.cancel()
    ends = await asyncio.gather(*consumers, return_exceptions=True)
    print("consumers ended by", {type(end).__name__ for end in ends})
    print(len(results), "items:", *sorted(results))


asyncio.run(main())

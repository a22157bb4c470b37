# A producer and consumers over queues of each kind.
import asyncio


async def producer(queue, n):
    for i in range(n):
        await queue.put(i)
        print("put", i, queue.qsize() <= 2)
    await queue.join()


async def consumer(name, queue, seen):
    while True:
        item = await queue.get()
        seen.append(item)
        await asyncio.sleep(0)
        queue.task_done()


async def main():
    queue, seen = asyncio.Queue(2), []
    workers = [asyncio.create_task(consumer(i, queue, seen)) for i in range(3)]
    await producer(queue, 8)
    for w in workers:
        w.cancel()
    print(await asyncio.gather(*workers, return_exceptions=True))
    print(sorted(seen))
    for kind in asyncio.PriorityQueue, asyncio.LifoQueue:
        q = kind()
        for x in 3, 1, 2:
            q.put_nowait(x)
        print(q, [await q.get() for _ in range(3)], q.empty())
        try:
            q.get_nowait()
        except asyncio.QueueEmpty as e:
            print("empty", repr(e))
    try:
        await asyncio.wait_for(queue.get(), 0.01)
    except asyncio.TimeoutError as e:
        print("timeout", repr(e))
    queue.put_nowait(1), queue.put_nowait(2)
    try:
        queue.put_nowait(3)
    except asyncio.QueueFull as e:
        print("full", repr(e))
    try:
        for _ in range(4):
            queue.task_done()
    except ValueError as e:
        print(e)


asyncio.run(main())

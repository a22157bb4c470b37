# Lock, Event, Condition, Semaphore, BoundedSemaphore, Barrier.
import asyncio


async def main():
    lock, order = asyncio.Lock(), []

    async def critical(n):
        async with lock:
            order.append(("in", n))
            await asyncio.sleep(0)
            order.append(("out", n))

    await asyncio.gather(*(critical(n) for n in range(3)))
    print(order, lock.locked())
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    event = asyncio.Event()
    waiters = [asyncio.create_task(event.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    event.set()
    print(await asyncio.gather(*waiters), event.is_set())

    cond, items, got = asyncio.Condition(), [], []

    async def take():
        async with cond:
            await cond.wait_for(lambda: items)
            got.append(items.pop())

    takers = [asyncio.create_task(take()) for _ in range(3)]
    await asyncio.sleep(0)
    for i in range(3):
        async with cond:
            items.append(i)
            cond.notify()
        await asyncio.sleep(0)
    await asyncio.gather(*takers)
    print(got)

    sem, inside, most = asyncio.Semaphore(2), 0, 0

    async def limited():
        nonlocal inside, most
        async with sem:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(limited() for _ in range(7)))
    print("most", most, sem.locked())
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    for make in (lambda: bounded.release(), lambda: asyncio.Semaphore(-1),
                 lambda: asyncio.Barrier(0)):
        try:
            make()
        except ValueError as e:
            print(e)
    barrier = asyncio.Barrier(3)
    print(sorted(await asyncio.gather(*(barrier.wait() for _ in range(3)))))
    waiting = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    print(barrier.n_waiting, barrier.broken)
    await barrier.abort()
    print(barrier.broken, await asyncio.gather(waiting, return_exceptions=True))


asyncio.run(main())

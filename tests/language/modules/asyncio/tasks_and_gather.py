# Tasks: results in order, failures, names, cancellation with messages, shield.
import asyncio


async def work(n, delay=0):
    await asyncio.sleep(delay)
    if n < 0:
        raise ValueError(f"negative: {n}")
    return n * n


async def main():
    print(await asyncio.gather(*(work(n, 0.01 * (3 - n)) for n in range(4))))
    print(await asyncio.gather(work(1), work(-1), return_exceptions=True))
    try:
        await asyncio.gather(work(-2), work(2))
    except ValueError as e:
        print("caught", e)

    task = asyncio.create_task(work(5, 10), name="five")
    print(task.get_name(), task.done(), task.cancelled())
    await asyncio.sleep(0)
    print(task.cancel("enough"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled", e.args)
    print(task.cancelled(), task.done(), task.cancel())

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("uncancel ->", asyncio.current_task().uncancel())
            return "refused"

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())

    inner = asyncio.create_task(work(7, 0.02))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled, inner goes on:", await inner)

    done, pending = await asyncio.wait(
        [asyncio.create_task(work(1)), asyncio.create_task(work(2, 5))],
        return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    for t in pending:
        t.cancel()
    results = []
    for c in asyncio.as_completed([work(3, 0.06), work(1, 0.0), work(2, 0.03)]):
        results.append(await c)
    print(results)
    print(len(asyncio.all_tasks()), asyncio.current_task().get_name())
    unused = asyncio.sleep(0)
    for bad in (asyncio.wait([]), asyncio.wait([unused])):
        try:
            await bad
        except (ValueError, TypeError) as e:
            print(type(e).__name__, e)
    unused.close()
    try:
        asyncio.create_task(5)
    except TypeError as e:
        print(e)


asyncio.run(main())
try:
    asyncio.run(3)
except ValueError as e:
    print(e)

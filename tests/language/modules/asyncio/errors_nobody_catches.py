# What the loop reports: tasks nobody awaits, pending tasks, bad callbacks.
import asyncio
import gc


async def fail():
    raise ValueError("lost")


async def main():
    loop = asyncio.get_running_loop()
    seen = []
    loop.set_exception_handler(lambda l, c: seen.append(c))
    task = asyncio.create_task(fail(), name="failing")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(str(task).partition(" coro=")[0])
    del task
    # The native stack may hold the task for a while: other work comes to lie there.
    for _ in range(100):
        await asyncio.gather(*[asyncio.sleep(0) for _ in range(5)])
        gc.collect()
        if seen:
            break
    print(seen[0]["message"], repr(seen[0]["exception"]))
    seen.clear()

    future = loop.create_future()
    print(future)
    future.add_done_callback(print)
    future.set_result([1])
    try:
        future.set_result(2)
    except asyncio.InvalidStateError as e:
        print(e)
    await asyncio.sleep(0)
    future = loop.create_future()
    for call in future.result, future.exception:
        try:
            call()
        except asyncio.InvalidStateError as e:
            print(e)
    future.cancel("why")
    print(future)
    try:
        future.result()
    except asyncio.CancelledError as e:
        print(e.args)

    async def bad_yield():
        class Odd:
            def __await__(self):
                yield 42
        await Odd()

    try:
        await asyncio.create_task(bad_yield())
    except RuntimeError as e:
        print(e)

    async def await_self():
        await asyncio.current_task()

    try:
        await asyncio.create_task(await_self())
    except RuntimeError as e:
        print(str(e)[:27])
    loop.set_exception_handler(None)


asyncio.run(main())

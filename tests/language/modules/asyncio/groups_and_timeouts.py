# TaskGroup with failures and except*, timeout() nested in groups.
import asyncio


async def fail(exc, delay=0):
    await asyncio.sleep(delay)
    raise exc


async def forever(log):
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        log.append("cancelled")
        raise


async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(asyncio.sleep(0, 1))
        b = tg.create_task(asyncio.sleep(0, 2), name="b")
    print(a.result() + b.result(), b.get_name())
    log = []
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(ValueError("one")))
            tg.create_task(fail(KeyError("two")))
            tg.create_task(forever(log))
    except* ValueError as eg:
        print("V", eg.exceptions, eg.message)
    except* KeyError as eg:
        print("K", eg.exceptions)
    print(log)


async def timeouts():
    log = []
    try:
        async with asyncio.timeout(0.01) as cm:
            await asyncio.sleep(10)
    except TimeoutError as e:
        print("timed out", repr(e), cm.expired(), cm)
    async with asyncio.timeout(None) as cm:
        print(cm, cm.when())
        cm.reschedule(asyncio.get_running_loop().time() + 100)
    print(cm, cm.expired())
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as tg:
                tg.create_task(forever(log))
                tg.create_task(forever(log))
    except TimeoutError:
        print("group timed out", log)
    try:
        tg.create_task(c := asyncio.sleep(0))
    except RuntimeError as e:
        c.close()
        print(e)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(forever(log))
            raise OSError("body")
    except ExceptionGroup as eg:
        print(repr(eg))


asyncio.run(main())
asyncio.run(timeouts())

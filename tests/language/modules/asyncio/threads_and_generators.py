# Executors, threads, contexts, asynchronous generators, handlers of errors.
import asyncio
import contextvars
import threading

var = contextvars.ContextVar("var", default="none")


async def numbers():
    try:
        for i in range(10):
            await asyncio.sleep(0)
            yield i
    finally:
        print("generator closed")


async def child():
    var.set("child")
    await asyncio.sleep(0)
    return var.get()


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    var.set("main")
    print(await asyncio.to_thread(var.get))
    print(await asyncio.create_task(child()), var.get())
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as e:
        print(e)
    print([i async for i in numbers() if i % 3 == 0])
    agen = numbers()
    async for i in agen:
        if i == 2:
            break
    print("left early")
    box = []

    def other():
        box.append(asyncio.run_coroutine_threadsafe(child(), loop).result(10))
        loop.call_soon_threadsafe(box.append, "called")

    thread = threading.Thread(target=other)
    thread.start()
    while len(box) < 2:
        await asyncio.sleep(0.001)
    thread.join()
    print(box)
    seen = []
    loop.set_exception_handler(lambda l, c: seen.append((c["message"][:21], repr(c["exception"]))))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    print(seen)
    calls = []
    loop.call_later(0.02, calls.append, "late")
    loop.call_later(0.01, calls.append, "early")
    loop.call_later(0.005, calls.append, "never").cancel()
    await asyncio.sleep(0.05)
    print(calls)


asyncio.run(main())
with asyncio.Runner() as runner:
    print(runner.run(child()), runner.run(child()))
unused = child()
for wrong in (lambda: asyncio.get_running_loop(), lambda: runner.run(unused)):
    try:
        wrong()
    except RuntimeError as e:
        print(e)
unused.close()

# Ctrl-C cancels the main task and ends run() with KeyboardInterrupt; the
# loop's own signal handlers; what ends with the loop.
import asyncio
import os
import signal
import threading


async def interrupted():
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        print("main cancelled")
        raise
    finally:
        print("cleaned up")


async def left_over():
    try:
        await asyncio.sleep(30)
    finally:
        print("left over cancelled")


async def leaves():
    asyncio.create_task(left_over())
    await asyncio.sleep(0)


async def handlers():
    loop, got = asyncio.get_running_loop(), asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, got.put_nowait, "usr1")
    loop.add_signal_handler(signal.SIGINT, got.put_nowait, "int")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await got.get())
    os.kill(os.getpid(), signal.SIGINT)
    print(await got.get())
    print(loop.remove_signal_handler(signal.SIGUSR1),
          loop.remove_signal_handler(signal.SIGUSR1))
    try:
        loop.add_signal_handler(signal.SIGKILL, print)
    except RuntimeError as e:
        print(e)


try:
    asyncio.run(interrupted())
except KeyboardInterrupt as e:
    print("interrupted", repr(e))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
asyncio.run(leaves())
asyncio.run(handlers())

loop = asyncio.new_event_loop()
loop.call_later(0.01, loop.stop)
loop.run_forever()
loop.close()
for wrong in loop.run_forever, lambda: loop.call_soon(print):
    try:
        wrong()
    except RuntimeError as e:
        print(e)
loops = [asyncio.new_event_loop() for _ in range(3)]
results = []


def run(loop):
    async def work():
        for _ in range(50):
            await asyncio.sleep(0)
        return asyncio.get_running_loop() is loop
    results.append(loop.run_until_complete(work()))
    loop.close()


threads = [threading.Thread(target=run, args=(l,)) for l in loops]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results)

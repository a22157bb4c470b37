"""A process forks while its loop runs: no loop runs in the child, which may run one of its own; the parent's goes on."""
import asyncio
import os
import sys


def child():
    try:
        asyncio.get_running_loop()
    except RuntimeError as exc:
        print('child:', exc)
    print('child:', asyncio._get_running_loop())

    async def own():
        reader, writer = os.pipe()
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        loop.add_reader(reader, lambda: done.set_result(os.read(reader, 10)))
        loop.call_later(0.01, os.write, writer, b'own loop')
        result = await done
        loop.remove_reader(reader)
        return result, await asyncio.to_thread(os.path.basename, 'a/thread')

    try:
        print('child:', asyncio.run(own()))
    finally:
        sys.stdout.flush()
        os._exit(7)


async def main():
    loop = asyncio.get_running_loop()
    reader, writer = os.pipe()
    arrived = loop.create_future()
    loop.add_reader(reader, lambda: arrived.done() or arrived.set_result(os.read(reader, 10)))
    waiting = asyncio.create_task(asyncio.sleep(0.05, 'slept'))
    await asyncio.sleep(0)
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        child()
    _, status = await asyncio.to_thread(os.waitpid, pid, 0)
    print('parent: child ended with', os.waitstatus_to_exitcode(status))
    print('parent:', await waiting, asyncio.get_running_loop() is loop)
    os.write(writer, b'still')
    print('parent:', await arrived)
    loop.remove_reader(reader)

    # A task that forks between two of its awaits, again and again.
    for number in range(5):
        pid = os.fork()
        if pid == 0:
            os._exit(number)
        await asyncio.sleep(0)
        _, status = await asyncio.to_thread(os.waitpid, pid, 0)
        print(os.waitstatus_to_exitcode(status), end=' ')
    print()


asyncio.run(main())

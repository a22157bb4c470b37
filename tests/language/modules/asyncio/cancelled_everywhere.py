"""Programs that wait in every way there is are cancelled at each of their suspension points in turn: each time the
cancellation comes out, no task is left, nothing is reported and the descriptors are as many as before."""
import asyncio
import asyncio.subprocess
import contextlib
import gc
import os
import socket
import ssl
import types

PEM = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ssl', '_localhost.pem')
server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(PEM)
trusting = ssl.create_default_context(cafile=PEM)


@types.coroutine
def cancelled_at(coro, point):
    """Hands on what `coro` awaits; asks for the task's cancellation just before it waits for the point-th time."""
    count = 0
    value, error = None, None
    while True:
        try:
            wanted = coro.send(value) if error is None else coro.throw(error)
        except StopIteration as stop:
            return stop.value
        count += 1
        if count == point:
            asyncio.current_task().cancel(f'at point {point}')
        value, error = None, None
        try:
            value = yield wanted
        except BaseException as exc:
            error = exc


async def waits():
    """Futures, locks and queues."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    await asyncio.sleep(0.001)
    future = loop.create_future()
    loop.call_soon(lambda: future.done() or future.set_result(None))
    await future
    lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue(1)
    await lock.acquire()
    loop.call_soon(lock.release)
    async with lock:
        await asyncio.sleep(0)
    loop.call_soon(event.set)
    await event.wait()
    loop.call_soon(queue.put_nowait, 1)
    await queue.get()
    queue.put_nowait(2)
    loop.call_soon(queue.get_nowait)
    await queue.put(3)
    queue.get_nowait()
    condition = asyncio.Condition()
    async with condition:
        async def wake():
            async with condition:
                condition.notify_all()
        waker = asyncio.create_task(wake())
        try:
            await condition.wait()
        finally:
            waker.cancel()
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    loop.call_soon(semaphore.release)
    async with semaphore:
        await asyncio.sleep(0)


async def groups():
    """Tasks that wait for tasks."""
    async def work(turns):
        for _ in range(turns):
            await asyncio.sleep(0)
        return turns

    await asyncio.gather(work(1), work(3), return_exceptions=True)
    await asyncio.wait_for(work(2), 10)
    done, pending = await asyncio.wait([asyncio.create_task(work(n)) for n in (1, 2)], timeout=10)
    async with asyncio.timeout(10):
        await work(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(work(2))
        group.create_task(work(4))
    for next_one in asyncio.as_completed([work(1), work(2)]):
        await next_one
    await asyncio.shield(work(1))
    barrier = asyncio.Barrier(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(barrier.wait())
        await barrier.wait()
    await asyncio.to_thread(int)

    async def numbers():
        try:
            for i in range(3):
                await asyncio.sleep(0)
                yield i
        finally:
            await asyncio.sleep(0)

    async with contextlib.aclosing(numbers()) as source:
        async for _ in source:
            await asyncio.sleep(0)


def talk(**tls):
    async def streams():
        """A server and its client."""
        async def serve(reader, writer):
            with contextlib.closing(writer), contextlib.suppress(OSError):
                while line := await reader.readline():
                    writer.write(line * 20_000)
                    await writer.drain()

        options = {'ssl': server_context} if tls else {}
        server = await asyncio.start_server(serve, '127.0.0.1', 0, **options)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), **tls)
            try:
                for _ in range(3):
                    writer.write(b'line\n')
                    await writer.drain()
                    await reader.readexactly(100_000)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    return streams


async def raw_sockets():
    """The loop's own calls on sockets."""
    loop = asyncio.get_running_loop()
    with socket.create_server(('127.0.0.1', 0)) as listener:
        listener.setblocking(False)

        async def connect():
            with socket.socket() as client:
                client.setblocking(False)
                await loop.sock_connect(client, listener.getsockname())
                await loop.sock_sendall(client, b'x' * 3_000_000)
                await loop.sock_recv(client, 1)

        connecting = asyncio.create_task(connect())
        try:
            connection, _ = await loop.sock_accept(listener)
            with connection:
                received = 0
                while received < 3_000_000:
                    received += len(await loop.sock_recv(connection, 100_000))
                await loop.sock_sendall(connection, b'y')
                await connecting
        finally:
            connecting.cancel()
            await asyncio.wait([connecting])


async def children():
    """A child process, fed and read."""
    process = await asyncio.create_subprocess_exec('cat', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    try:
        await process.communicate(b'x' * 300_000)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def tidied(work, point, reports):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reports.append(context['message']))
    me = asyncio.current_task()
    task = asyncio.create_task(cancelled_at(work(), point))
    await asyncio.wait([task])
    # What was started and not waited for has a moment to end.
    for _ in range(200):
        if asyncio.all_tasks() <= {me}:
            break
        await asyncio.sleep(0.001)
    left = asyncio.all_tasks() - {me}
    return task.cancelled() or task.exception(), len(left)


def descriptors():
    gc.collect()
    return len(os.listdir('/proc/self/fd'))


def at_every_point(name, work, at_least):
    asyncio.run(work())
    before = descriptors()
    point, reports, left, others = 0, [], 0, []
    ended = True
    while ended:
        point += 1
        ended, tasks = asyncio.run(tidied(work, point, reports))
        left += tasks
        if ended not in (True, None):
            others.append(ended)
    print(f'{name}: enough points {point > at_least}, other errors {others}, tasks left {left}, reported {reports}, '
          f'descriptors more {descriptors() - before}')


at_every_point('waits', waits, 10)
at_every_point('groups', groups, 15)
at_every_point('streams', talk(), 5)
at_every_point('TLS streams', talk(ssl=trusting, server_hostname='localhost'), 5)
at_every_point('sockets', raw_sockets, 3)
at_every_point('children', children, 1)

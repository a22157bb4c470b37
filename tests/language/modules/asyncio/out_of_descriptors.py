"""A server runs out of descriptors in accept(): it says so, rests for a while, and then serves who has waited."""
import asyncio
import gc
import os
import resource
import socket


async def main():
    loop = asyncio.get_running_loop()
    reports = []
    loop.set_exception_handler(lambda loop, context: reports.append(context))

    async def greet(reader, writer):
        writer.write(b'welcome\n')
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, '127.0.0.1', 0)
    address = server.sockets[0].getsockname()
    # The clients' sockets are there before descriptors run out.
    clients = [socket.socket() for _ in range(3)]
    for client in clients:
        client.setblocking(False)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir('/proc/self/fd')) + 60, hard))
    hoard = []
    try:
        while True:
            hoard.append(os.dup(0))
    except OSError as exc:
        print(exc)
    for client in clients:
        await loop.sock_connect(client, address)
    while not reports:
        await asyncio.sleep(0.001)
    context = reports[0]
    print(context['message'], '|', context['exception'], '|', sorted(context))
    print(type(context['socket']).__name__, context['socket'].getsockname() == address, server.is_serving())
    try:
        await asyncio.open_connection(*address)
    except OSError as exc:
        print('a client of its own:', exc)
    await asyncio.sleep(0.05)
    for fd in hoard:
        os.close(fd)
    for client in clients:
        print(await loop.sock_recv(client, 100))
        client.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    server.close()
    await server.wait_closed()


asyncio.run(asyncio.sleep(0))
before = len(os.listdir('/proc/self/fd'))
asyncio.run(main())
gc.collect()
print('descriptors more:', len(os.listdir('/proc/self/fd')) - before)

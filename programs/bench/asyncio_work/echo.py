"""Echo of 1 KiB messages over loopback: streams and protocols, 10 and 100 connections, both ends in one process.

Each measurement has a process of its own, as a server has: in one that has done other things before, CPython's buffers
of 256 KiB come from memory that it has already, and cost it no system calls. There are enough requests that all
connections are at work together for nearly all of the time: the first would otherwise have ended before the last is open.
"""
import asyncio
import subprocess
import sys

from measure import measure

MESSAGE = b"x" * 1024
REQUESTS = 50_000


async def streams(connections):
    async def serve(reader, writer):
        while data := await reader.read(1024):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def client(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(REQUESTS // connections):
            writer.write(MESSAGE)
            await reader.readexactly(len(MESSAGE))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await asyncio.gather(*[client(port) for _ in range(connections)])
    server.close()


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Client(asyncio.Protocol):
    def __init__(self, requests, done):
        self.left, self.done, self.got = requests, done, 0

    def connection_made(self, transport):
        self.transport = transport
        transport.write(MESSAGE)

    def data_received(self, data):
        self.got += len(data)
        if self.got < len(MESSAGE):
            return
        self.got = 0
        self.left -= 1
        if self.left:
            self.transport.write(MESSAGE)
        else:
            self.transport.close()
            self.done.set_result(None)


async def protocols(connections):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ends = [loop.create_future() for _ in range(connections)]
    for end in ends:
        await loop.create_connection(lambda end=end: Client(REQUESTS // connections, end), "127.0.0.1", port)
    await asyncio.gather(*ends)
    server.close()


KINDS = {"stream": streams, "protocol": protocols}
if len(sys.argv) > 1:
    kind, connections = sys.argv[1], int(sys.argv[2])
    measure(f"{kind} echo, {connections}", lambda: KINDS[kind](connections), REQUESTS, rounds=1)
else:
    for connections in "10", "100":
        for kind in KINDS:
            subprocess.run([sys.executable, __file__, kind, connections], check=True)

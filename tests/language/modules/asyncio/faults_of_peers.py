"""Peers that reset, half-close, say nothing or never end a line: what readers, writers and protocols are told."""
import asyncio
import os
import socket

RESET = b'\1\0\0\0\0\0\0\0'


def words(exc):
    return None if exc is None else f'{type(exc).__name__}: {exc}'


async def attempt(title, awaitable):
    try:
        result = await awaitable
    except Exception as exc:
        print(f'{title}: {words(exc)}')
    else:
        print(f'{title}: {result!r}')


async def pair(limit=2**16):
    """A stream, and the plain socket at its other end."""
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours, limit=limit)
    return reader, writer, theirs


async def tcp_pair():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        theirs, _ = listener.accept()
    return reader, writer, theirs


async def resets():
    reader, writer, theirs = await tcp_pair()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    theirs.close()
    await attempt('read after a reset', reader.read(10))
    await attempt('read again', reader.readline())
    writer.write(b'to nobody')
    await attempt('drain', writer.drain())
    writer.close()
    await attempt('wait_closed', writer.wait_closed())

    reader, writer, theirs = await pair()
    theirs.close()
    await attempt('read at the end', reader.read(10))
    writer.write(b'to nobody')
    await asyncio.sleep(0.01)
    await attempt('drain', writer.drain())
    print(writer.is_closing(), reader.at_eof())
    writer.close()
    await attempt('wait_closed', writer.wait_closed())


async def half_closes():
    reader, writer, theirs = await pair()
    theirs.sendall(b'last words')
    theirs.shutdown(socket.SHUT_WR)
    await attempt('exactly 20', reader.readexactly(20))
    await attempt('then', reader.read())
    writer.write(b'still heard')
    writer.write_eof()
    await writer.drain()
    print(theirs.recv(100), theirs.recv(100), writer.is_closing())
    try:
        writer.write(b'more')
    except RuntimeError as exc:
        print(words(exc))
    writer.close()
    await writer.wait_closed()
    theirs.close()

    class Keeping(asyncio.Protocol):
        def __init__(self, keep):
            self.keep = keep
            self.told = []
            self.lost = asyncio.get_running_loop().create_future()

        def eof_received(self):
            self.told.append('eof')
            return self.keep

        def connection_lost(self, exc):
            self.told.append(words(exc))
            self.lost.set_result(None)

    loop = asyncio.get_running_loop()
    for keep in True, False:
        ours, theirs = socket.socketpair()
        transport, protocol = await loop.create_connection(lambda: Keeping(keep), sock=ours)
        theirs.shutdown(socket.SHUT_WR)
        await asyncio.to_thread(lambda: None)
        for _ in range(3):
            await asyncio.sleep(0.005)
        print(keep, protocol.told, transport.is_closing())
        transport.close()
        await protocol.lost
        theirs.close()


async def silence():
    reader, writer, theirs = await pair()
    await attempt('nothing comes', asyncio.wait_for(reader.readline(), 0.05))
    theirs.sendall(b'late\n')
    await attempt('but later', reader.readline())
    waiting = asyncio.create_task(reader.read(5))
    await asyncio.sleep(0)
    await attempt('two readers', reader.readline())
    waiting.cancel()
    await asyncio.wait([waiting])
    # Nobody reads at the other end: drain waits, for as long as it is let.
    writer.write(b'x' * 10_000_000)
    await attempt('drain', asyncio.wait_for(writer.drain(), 0.05))
    print(writer.transport.get_write_buffer_size() > 65536)
    writer.transport.abort()
    await attempt('wait_closed', writer.wait_closed())
    theirs.close()


async def endless_lines():
    reader, writer, theirs = await pair(limit=100)
    theirs.sendall(b'y' * 150)
    await attempt('readuntil', reader.readuntil(b'\n'))
    await attempt('and again', reader.readuntil(b'\n'))
    await attempt('readline', reader.readline())
    theirs.sendall(b'z' * 150 + b'\nshort\n')
    while len(reader._buffer) < 157:
        await asyncio.sleep(0.001)
    await attempt('readline', reader.readline())
    await attempt('the next', reader.readline())
    theirs.sendall(b'a' * 120 + b'--')
    while len(reader._buffer) < 122:
        await asyncio.sleep(0.001)
    try:
        await reader.readuntil(b'--')
    except asyncio.LimitOverrunError as exc:
        print(words(exc), exc.consumed)
        print(await reader.readexactly(exc.consumed) == b'a' * 120)
    await attempt('rest', reader.readuntil(b'--'))
    await attempt('separator', reader.readuntil(b''))
    await attempt('less than none', reader.readexactly(-1))
    # Megabytes without a newline: the transport is told to pause, and they do not pile up.
    sender = asyncio.create_task(asyncio.to_thread(theirs.sendall, b'm' * 5_000_000))
    while writer.transport.is_reading():
        await asyncio.sleep(0.001)
    print('kept small', len(reader._buffer) <= 2 * 100 + 262144, writer.transport.is_reading())
    received = 0
    while received < 5_000_000:
        received += len(await reader.read(100_000))
    await sender
    print(received)
    writer.close()
    theirs.close()


async def main():
    for part in resets, half_closes, silence, endless_lines:
        print(f'--- {part.__name__}')
        await part()

asyncio.run(asyncio.sleep(0))  # what a process has once for all its loops
before = len(os.listdir('/proc/self/fd'))
asyncio.run(main())
print('descriptors more:', len(os.listdir('/proc/self/fd')) - before)

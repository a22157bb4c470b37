# An echo server over streams: clients at a time, limits, ends, big messages.
import asyncio


async def handle(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.write(b"bye\n")
    writer.close()
    await writer.wait_closed()


async def client(port, name, n):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for i in range(n):
        writer.write(f"{name} {i}\n".encode())
        answers.append((await reader.readline()).decode().strip())
    writer.write_eof()
    answers.append(await reader.read())
    writer.close()
    await writer.wait_closed()
    return answers


async def sink(reader, writer):
    size = 0
    while data := await reader.read(100_000):
        size += len(data)
    writer.write(b"%d" % size)
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.is_serving(), len(server.sockets))
    port = server.sockets[0].getsockname()[1]
    async with server:
        for answers in await asyncio.gather(
                *(client(port, f"c{i}", 3) for i in range(5))):
            print(answers)
    print(server.is_serving(), server.sockets)

    server = await asyncio.start_server(sink, "localhost", 0, family=2)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    for _ in range(40):
        writer.write(b"x" * 100_000)
        await writer.drain()
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    writer.close()
    server.close()
    await server.wait_closed()

    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as e:
        print(e.errno, e.strerror.replace(str(port), "PORT"))

    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b"abc\n0123456789\nrest")
    print(await reader.readline())
    for call in reader.readuntil(), reader.readline():
        try:
            await call
        except Exception as e:
            print(type(e).__name__, e, getattr(e, "consumed", None))
    reader.feed_eof()
    try:
        await reader.readexactly(10)
    except asyncio.IncompleteReadError as e:
        print(e, e.partial, e.expected)
    print(await reader.read(), reader.at_eof(), reader)


asyncio.run(main())

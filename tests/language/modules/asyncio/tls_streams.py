"""TLS under streams: both ends, what is known of the connection, refused certificates, upgrades, large messages."""
import asyncio
import os
import socket
import ssl
import tempfile

PEM = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ssl', '_localhost.pem')

server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(PEM)
trusting = ssl.create_default_context(cafile=PEM)
strangers = ssl.create_default_context()


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(b'echo ' + line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


def show(title, error):
    words = getattr(error, 'verify_message', None) or str(error)
    print(f'{title}: {type(error).__name__}: {words}')


async def talks():
    server = await asyncio.start_server(echo, 'localhost', 0, family=socket.AF_INET, ssl=server_context)
    port = server.sockets[0].getsockname()[1]
    async with server:
        reader, writer = await asyncio.open_connection('localhost', port, family=socket.AF_INET, ssl=trusting)
        for word in b'one', b'two':
            writer.write(word + b'\n')
            print(await reader.readline())
        print(writer.get_extra_info('peercert')['subject'])
        print(writer.get_extra_info('cipher')[1], writer.get_extra_info('compression'))
        connection = writer.get_extra_info('ssl_object')
        print(type(connection).__name__, connection.version(), connection.server_side, connection.server_hostname)
        print(writer.get_extra_info('sslcontext') is trusting, writer.get_extra_info('peername') == ('127.0.0.1', port))
        print(writer.can_write_eof(), writer.transport.is_reading(), writer.is_closing())
        try:
            writer.write_eof()
        except NotImplementedError as exc:
            show('write_eof', exc)
        writer.close()
        await writer.wait_closed()
        print('closed', writer.is_closing(), await reader.read())

        for title, context, name in (('unknown authority', strangers, None), ('other name', trusting, 'example.com')):
            try:
                await asyncio.open_connection('localhost', port, family=socket.AF_INET, ssl=context,
                                              server_hostname=name)
            except ssl.SSLCertVerificationError as exc:
                show(title, exc)
        unchecked = ssl.create_default_context(cafile=PEM)
        unchecked.check_hostname = False
        reader, writer = await asyncio.open_connection('127.0.0.1', port, ssl=unchecked, server_hostname='')
        writer.write(b'nobody asked who you are\n')
        print(await reader.readline())
        writer.close()
        await writer.wait_closed()


async def unix():
    path = os.path.join(tempfile.mkdtemp(), 'socket')
    server = await asyncio.start_unix_server(echo, path, ssl=server_context)
    reader, writer = await asyncio.open_unix_connection(path, ssl=trusting, server_hostname='localhost')
    writer.write(b'by a path\n')
    print(await reader.readline())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    os.remove(path)


async def upgrade():
    """Plain first, then TLS, by agreement."""
    async def serve(reader, writer):
        writer.write(await reader.readline())
        await writer.start_tls(server_context)
        await echo(reader, writer)

    server = await asyncio.start_server(serve, 'localhost', 0, family=socket.AF_INET)
    port = server.sockets[0].getsockname()[1]
    async with server:
        reader, writer = await asyncio.open_connection('localhost', port, family=socket.AF_INET)
        writer.write(b'STARTTLS\n')
        print(await reader.readline(), writer.get_extra_info('ssl_object'))
        await writer.start_tls(trusting, server_hostname='localhost')
        print(writer.get_extra_info('ssl_object').version())
        writer.write(b'secret\n')
        print(await reader.readline())
        writer.close()
        await writer.wait_closed()


async def large(size=6_000_000):
    """More than any buffer holds, both ways at once, against a reader that takes its time."""
    async def mirror(reader, writer):
        while data := await reader.read(50_000):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(mirror, 'localhost', 0, family=socket.AF_INET, ssl=server_context)
    port = server.sockets[0].getsockname()[1]
    async with server:
        reader, writer = await asyncio.open_connection('localhost', port, family=socket.AF_INET, ssl=trusting)
        message = bytes(range(256)) * (size // 256)

        async def send():
            for start in range(0, len(message), 70_000):
                writer.write(bytearray(message[start:start + 70_000]))
                await writer.drain()

        sending = asyncio.create_task(send())
        received = await reader.readexactly(len(message))
        await sending
        print('large', received == message)
        print(writer.transport.get_write_buffer_limits(), writer.transport.get_write_buffer_size())
        writer.close()
        await writer.wait_closed()


async def main():
    await talks()
    await unix()
    await upgrade()
    await large()


asyncio.run(main())
print('descriptors left', len(os.listdir('/proc/self/fd')) < 12)

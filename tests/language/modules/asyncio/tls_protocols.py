"""TLS under protocols: the order of what they are told, pauses, buffers, peers that say nothing, go away or say
nonsense, and arguments that make no sense."""
import asyncio
import logging
import os
import socket
import ssl
import sys
import threading

PEM = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ssl', '_localhost.pem')
logging.basicConfig(stream=sys.stdout, format='%(name)s %(levelname)s: %(message)s')

server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(PEM)
trusting = ssl.create_default_context(cafile=PEM)


def words(exc):
    return None if exc is None else f'{type(exc).__name__}: {exc}'


class Noting(asyncio.Protocol):
    """Prints what it is told."""

    def __init__(self, name, greeting=b''):
        self.name, self.greeting = name, greeting
        self.lost = asyncio.get_running_loop().create_future()
        self.came = asyncio.Event()
        self.data = bytearray()

    def connection_made(self, transport):
        print(self.name, 'made', transport.get_extra_info('ssl_object').version())
        self.transport = transport
        if self.greeting:
            transport.write(self.greeting)

    def data_received(self, data):
        self.data += data
        self.came.set()

    def eof_received(self):
        print(self.name, 'eof')

    def connection_lost(self, exc):
        print(self.name, 'lost', words(exc))
        self.lost.set_result(exc)


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Filling(asyncio.BufferedProtocol):
    """Reads into a buffer that is smaller than what arrives."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.room = bytearray(1000)
        self.data = bytearray()
        self.done = asyncio.get_running_loop().create_future()

    def get_buffer(self, sizehint):
        return self.room

    def buffer_updated(self, nbytes):
        self.data += self.room[:nbytes]
        if len(self.data) == self.wanted:
            self.done.set_result(None)


async def quiet_talk(loop, address):
    transport, protocol = await loop.create_connection(lambda: Noting('client', b'hello'), *address, ssl=trusting)
    await protocol.came.wait()
    print(bytes(protocol.data))
    transport.pause_reading()
    protocol.came.clear()
    transport.writelines([b'a', bytearray(b'b'), memoryview(b'c')])
    try:
        await asyncio.wait_for(protocol.came.wait(), 0.2)
    except TimeoutError:
        print('nothing comes while paused', transport.is_reading())
    transport.resume_reading()
    await protocol.came.wait()
    print(bytes(protocol.data), transport.is_reading())
    transport.set_write_buffer_limits(high=10)
    print(transport.get_write_buffer_limits())
    for wrong in 'text', None:
        try:
            transport.write(wrong)
        except TypeError as exc:
            print(words(exc))
    transport.close()
    await protocol.lost
    for _ in range(7):
        transport.write(b'too late')

    transport, protocol = await loop.create_connection(lambda: Filling(5001), *address, ssl=trusting)
    transport.write(b'y' * 5001)
    await protocol.done
    print(len(protocol.data), set(protocol.data))
    transport.abort()


async def silent_peers(loop):
    """A peer that accepts and says nothing; one that connects and says nothing, or nonsense."""
    listener = socket.create_server(('127.0.0.1', 0))
    try:
        await loop.create_connection(lambda: Noting('never'), *listener.getsockname(), ssl=trusting,
                                     server_hostname='localhost', ssl_handshake_timeout=0.2)
    except ConnectionAbortedError as exc:
        print(words(exc))
    listener.close()

    server = await loop.create_server(lambda: Noting('never'), '127.0.0.1', 0, ssl=server_context,
                                      ssl_handshake_timeout=0.2)
    address = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(*address)
    print('silent client gets', await reader.read())
    writer.close()
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b'GET / HTTP/1.1\r\n\r\n')
    try:
        print('plain client gets bytes', len(await reader.read()) >= 0)
    except ConnectionResetError:
        print('plain client gets bytes', True)
    writer.close()
    server.close()


async def peers_that_leave(loop):
    """The other side is a socket in a thread: it can leave in ways that no transport would."""
    def serve(listener, leave):
        connection, _ = listener.accept()
        wrapped = server_context.wrap_socket(connection, server_side=True)
        wrapped.send(b'hi')
        wrapped.recv(10)
        leave(wrapped)

    def just_close(wrapped):
        wrapped.close()  # no close_notify

    def reset(wrapped):
        wrapped.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
        wrapped.close()

    def say_goodbye(wrapped):
        wrapped.unwrap().close()

    quiet = threading.Event()

    def keep_quiet(wrapped):
        quiet.wait(20)
        wrapped.close()

    for leave in just_close, reset, say_goodbye, keep_quiet:
        with socket.create_server(('127.0.0.1', 0)) as listener:
            thread = threading.Thread(target=serve, args=(listener, leave))
            thread.start()
            transport, protocol = await loop.create_connection(
                lambda: Noting(leave.__name__, b'ready'), *listener.getsockname(), ssl=trusting,
                server_hostname='localhost', ssl_shutdown_timeout=0.2)
            if leave is keep_quiet:
                await protocol.came.wait()
                transport.close()
            await protocol.lost
            if leave is keep_quiet:
                quiet.set()
            await asyncio.to_thread(thread.join)


async def keeps_it_open(loop):
    class Stubborn(Noting):
        def eof_received(self):
            super().eof_received()
            return True

    class Leaving(asyncio.Protocol):
        def connection_made(self, transport):
            transport.write(b'x')
            transport.close()

    server = await loop.create_server(Leaving, '127.0.0.1', 0, ssl=server_context)
    transport, protocol = await loop.create_connection(lambda: Stubborn('stubborn'),
                                                       *server.sockets[0].getsockname(), ssl=trusting,
                                                       server_hostname='localhost')
    await protocol.lost
    print(bytes(protocol.data))
    server.close()


async def nonsense(loop, address):
    async def refused(title, coroutine):
        try:
            await coroutine
        except Exception as exc:
            print(f'{title}: {words(exc)}')

    connect, serve = loop.create_connection, loop.create_server
    await refused('name alone', connect(Echo, *address, server_hostname='x'))
    await refused('time alone', connect(Echo, *address, ssl_handshake_timeout=1))
    await refused('time alone', connect(Echo, *address, ssl_shutdown_timeout=1))
    await refused('no name', connect(Echo, sock=socket.socket(), ssl=trusting))
    await refused('no time', connect(Echo, *address, ssl=trusting, ssl_handshake_timeout=0))
    await refused('no time', connect(Echo, *address, ssl=trusting, ssl_shutdown_timeout=-1))
    await refused('server', serve(Echo, '127.0.0.1', 0, ssl=True))
    await refused('server', serve(Echo, '127.0.0.1', 0, ssl_handshake_timeout=1))
    await refused('unix', loop.create_unix_connection(Echo, '/nowhere', ssl=trusting))
    await refused('unix', loop.create_unix_connection(Echo, '/nowhere', server_hostname='x'))
    await refused('unix', loop.create_unix_server(Echo, '/nowhere', ssl=True))
    await refused('unix', loop.create_unix_server(Echo, '/nowhere/at/all'))
    transport, _ = await connect(Echo, *address)
    await refused('upgrade', loop.start_tls(transport, Echo(), 'context'))
    await refused('upgrade', loop.start_tls(transport, Echo(), None))
    transport.abort()
    wrapped = trusting.wrap_socket(socket.socket(), server_hostname='localhost')
    await refused('wrapped', connect(Echo, sock=wrapped))
    await refused('wrapped', loop.sock_recv(wrapped, 1))
    wrapped.close()


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, 'localhost', 0, family=socket.AF_INET, ssl=server_context)
    address = ('localhost', server.sockets[0].getsockname()[1])
    await quiet_talk(loop, address)
    await silent_peers(loop)
    await peers_that_leave(loop)
    await keeps_it_open(loop)
    await nonsense(loop, address)
    server.close()
    await server.wait_closed()


asyncio.run(main())

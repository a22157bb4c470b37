# Protocols over TCP, Unix sockets and datagrams; the loop's sock_* calls.
import asyncio
import os
import socket
import tempfile


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(b"<" + data + b">")

    def eof_received(self):
        self.transport.write(b"eof")
        self.transport.close()


class Collect(asyncio.Protocol):
    def __init__(self):
        self.data = b""
        self.lost = asyncio.get_running_loop().create_future()

    def data_received(self, data):
        self.data += data

    def connection_lost(self, exc):
        self.lost.set_result(exc)


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answer, got):
        self.answer, self.got = answer, got

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        if self.answer:
            self.transport.sendto(data[::-1], addr)
        else:
            self.got.set_result(data)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    transport, protocol = await loop.create_connection(Collect, *address)
    print(transport.get_extra_info("peername") == address, transport.is_closing())
    transport.write(b"hello")
    transport.write_eof()
    print(await protocol.lost, protocol.data, transport.is_closing())

    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, address)
    await loop.sock_sendall(sock, b"raw")
    print(await loop.sock_recv(sock, 100))
    sock.close()
    server.close()
    await server.wait_closed()

    path = os.path.join(tempfile.mkdtemp(), "s")
    server = await loop.create_unix_server(Echo, path)
    transport, protocol = await loop.create_unix_connection(Collect, path)
    transport.writelines([b"a", b"b"])
    transport.write_eof()
    print(await protocol.lost, protocol.data)
    server.close()
    os.remove(path)
    os.rmdir(os.path.dirname(path))

    got = loop.create_future()
    t1, _ = await loop.create_datagram_endpoint(
        lambda: Datagrams(True, None), local_addr=("127.0.0.1", 0))
    t2, _ = await loop.create_datagram_endpoint(
        lambda: Datagrams(False, got),
        remote_addr=t1.get_extra_info("sockname"))
    t2.sendto(b"abc")
    print(await got)
    t1.close(), t2.close()

    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(listener))
    a = socket.create_connection(listener.getsockname())
    b, _ = await accepting
    ready = loop.create_future()
    loop.add_reader(b, ready.set_result, True)
    a.send(b"x")
    print(await ready, loop.remove_reader(b), loop.remove_reader(b))
    for s in a, b, listener:
        s.close()


asyncio.run(main())

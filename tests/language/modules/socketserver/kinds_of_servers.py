# Servers over TCP, UDP and Unix sockets: plain, with threads, with processes.
import os
import socket
import socketserver
import tempfile
import threading


class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Datagram(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read().upper())


def talk_stream(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(20)
        sock.connect(address)
        sock.sendall(b'one\ntwo\n')
        sock.shutdown(socket.SHUT_WR)
        received = b''
        while part := sock.recv(100):
            received += part
        return received


def talk_datagram(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.settimeout(20)
        sock.bind(('127.0.0.1', 0))
        sock.sendto(b'packet', address)
        return sock.recvfrom(100)[0]


folder = tempfile.mkdtemp()
for kind in (socketserver.TCPServer, socketserver.ThreadingTCPServer, socketserver.ForkingTCPServer, socketserver.UDPServer,
             socketserver.ThreadingUDPServer, socketserver.UnixStreamServer, socketserver.ThreadingUnixStreamServer):
    datagrams = issubclass(kind, socketserver.UDPServer)
    unix = kind.address_family == socket.AF_UNIX
    address = os.path.join(folder, kind.__name__) if unix else ('127.0.0.1', 0)
    with kind(address, Datagram if datagrams else Upper) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        talk = talk_datagram if datagrams else talk_stream
        print(kind.__name__, [talk(kind.address_family, server.server_address) for _ in range(2)])
        server.shutdown()
        thread.join()


class Failing(socketserver.BaseRequestHandler):
    def handle(self):
        raise KeyError('in the handler')


class Quiet(socketserver.TCPServer):
    def handle_error(self, request, client_address):
        errors.append(client_address[0])

    def handle_timeout(self):
        errors.append('timeout')


errors = []
with Quiet(('127.0.0.1', 0), Failing) as server:
    server.timeout = 0.01
    server.handle_request()
    server.timeout = 20
    with socket.create_connection(server.server_address) as client:
        server.handle_request()
        print(client.recv(10), errors)

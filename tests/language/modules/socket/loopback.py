import socket
import threading
server = socket.create_server(("127.0.0.1", 0))
host, port = server.getsockname()
print(host, port > 0, server.family == socket.AF_INET, server.type == socket.SOCK_STREAM, server.fileno() > 2)


def serve():
    connection, address = server.accept()
    with connection:
        print("from", address[0])
        while data := connection.recv(1024):
            connection.sendall(data.upper())


t = threading.Thread(target=serve)
t.start()
with socket.create_connection((host, port), timeout=5) as client:
    client.sendall(b"hello")
    print(client.recv(5), client.gettimeout(), client.getpeername() == (host, port))
    print(client.send(b"more"), client.recv(100))
    client.shutdown(socket.SHUT_WR)
    print(client.recv(10))
t.join()
server.close()
print(server.fileno())
a, b = socket.socketpair()
a.sendall(b"pair")
print(b.recv(2), b.recv(10))
b.settimeout(0.02)
for call in (lambda: b.recv(1), lambda: b.settimeout(-1), lambda: b.recv(-1), lambda: server.accept(), lambda: socket.create_connection((host, port), timeout=1), lambda: a.send("text"), lambda: socket.socket(99, 99)):
    try:
        print(call())
    except (TimeoutError, ValueError, OSError, TypeError) as e:
        print(type(e).__name__, e)
b.setblocking(False)
try:
    b.recv(1)
except BlockingIOError as e:
    print(type(e).__name__, e)
a.close()
print(b.gettimeout(), b.recv(1), socket.timeout is TimeoutError, socket.error is OSError, socket.gethostbyname("127.0.0.1"))
b.close()
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
s.bind(("127.0.0.1", 0))
s.listen()
f = socket.create_connection(s.getsockname())
c, _ = s.accept()
w = c.makefile("w")
w.write("line one\nline two\n")
w.flush()
r = f.makefile()
print(r.readline(), end="")
for x in (w, r, c, f, s):
    x.close()

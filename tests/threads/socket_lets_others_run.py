# connect, accept, recv and sendall let the other threads run.
import socket
import threading
server = socket.create_server(("127.0.0.1", 0), backlog=16)
address = server.getsockname()
log = []
lock = threading.Lock()


def handle(connection):
    with connection:
        while data := connection.recv(4096):
            connection.sendall(data[::-1])


def serve():
    handlers = []
    for _ in range(6):
        connection, _ = server.accept()
        t = threading.Thread(target=handle, args=(connection,))
        t.start()
        handlers.append(t)
    for t in handlers:
        t.join()


def talk(n):
    with socket.create_connection(address) as s:
        for i in range(20):
            message = f"{n}:{i}|".encode() * 50
            s.sendall(message)
            got = b""
            while len(got) < len(message):
                got += s.recv(4096)
            assert got[::-1] == message or len(got) == len(message)
            with lock:
                log.append(n)


server_thread = threading.Thread(target=serve)
server_thread.start()
clients = [threading.Thread(target=talk, args=(n,)) for n in range(6)]
for t in clients:
    t.start()
for t in clients:
    t.join()
server_thread.join()
server.close()
print(len(log), sorted(set(log)), all(log.count(n) == 20 for n in range(6)))

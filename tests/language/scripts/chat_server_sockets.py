"""A chat room on loopback sockets: a thread for each client, broadcasts, names, and an orderly end."""
import socket
import threading


class Room:
    def __init__(self):
        self.members, self.lock, self.log = {}, threading.Lock(), []

    def join(self, name, stream):
        with self.lock:
            if name in self.members:
                return False
            self.members[name] = stream
            self.log.append(f"{name} joined")
            return True

    def leave(self, name):
        with self.lock:
            self.members.pop(name, None)
            self.log.append(f"{name} left")

    def tell(self, sender, text):
        with self.lock:
            for name, stream in self.members.items():
                if name != sender:
                    stream.write(f"{sender}: {text}\n")
                    stream.flush()


class Server(threading.Thread):
    def __init__(self, clients):
        super().__init__()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address, self.clients, self.room = self.socket.getsockname(), clients, Room()

    def run(self):
        handlers = []
        for _ in range(self.clients):
            connection, _ = self.socket.accept()
            handlers.append(threading.Thread(target=self.handle, args=(connection,)))
            handlers[-1].start()
        for h in handlers:
            h.join()
        self.socket.close()

    def handle(self, connection):
        with connection, connection.makefile("rw", newline="\n") as stream:
            name = stream.readline().strip()
            ok = self.room.join(name, stream)
            stream.write("welcome\n" if ok else "taken\n")
            stream.flush()
            if not ok:
                return
            for line in stream:
                command, _, rest = line.rstrip("\n").partition(" ")
                if command == "say":
                    self.room.tell(name, rest)
                    stream.write("sent\n")
                elif command == "who":
                    stream.write(",".join(sorted(self.room.members)) + "\n")
                else:
                    stream.write("bye\n" if command == "quit" else f"unknown {command}\n")
                stream.flush()
                if command == "quit":
                    break
        self.room.leave(name)


class Client:
    def __init__(self, address, name):
        self.socket = socket.create_connection(address, timeout=20)
        self.stream = self.socket.makefile("rw", newline="\n")
        self.answer = self.ask(name)

    def ask(self, line):
        self.stream.write(line + "\n")
        self.stream.flush()
        return self.read()

    def read(self):
        return self.stream.readline().rstrip("\n")

    def close(self):
        self.stream.close()
        self.socket.close()


server = Server(4)
server.start()
ann, bob = Client(server.address, "ann"), Client(server.address, "bob")
print(ann.answer, bob.answer, ann.ask("who"))
print(ann.ask("say hello bob"), bob.read())
again = Client(server.address, "ann")
print(again.answer)
again.close()
cyd = Client(server.address, "cyd")
print(cyd.ask("say hi all é"), ann.read(), bob.read(), cyd.ask("dance"))
for i in range(50):
    assert bob.ask(f"say {i}") == "sent"
print([ann.read() for _ in range(50)] == [f"bob: {i}" for i in range(50)], cyd.read(), sum(1 for _ in range(49) if cyd.read()))
for client in (ann, bob, cyd):
    print(client.ask("quit"), client.read() == "")
    client.close()
server.join()
print(sorted(server.room.log), server.room.members)

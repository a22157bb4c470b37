"""A chat room: one thread for each guest, and a line for all. ./run.sh programs/threads/chat_server.py

What to watch: nobody hears himself. A guest's thread reads lines from its socket and hands each to everybody else.
Writing needs a lock for each guest, or two lines that are sent at the same time could mix; the list of guests needs
one too. The guests below take turns by waiting for each other's lines, so that the talk is always the same. Both
builds show the same: sockets wait without the GIL.
"""
import socket
import threading


class Room:
    def __init__(self):
        self.guests, self.lock = {}, threading.Lock()

    def enter(self, connection):
        lines = connection.makefile("r")
        name = lines.readline().strip()
        with self.lock:
            self.guests[name] = (connection, threading.Lock())
        self.tell(f"* {name} is here")
        for line in lines:
            self.tell(f"{name}: {line.strip()}", but=name)
        with self.lock:
            del self.guests[name]
        self.tell(f"* {name} has left")
        lines.close()
        connection.close()

    def tell(self, line, but=None):
        with self.lock:
            others = [guest for name, guest in self.guests.items() if name != but]
        for connection, writing in others:
            with writing:
                connection.sendall(line.encode() + b"\n")


def serve(listener, guests):
    room, threads = Room(), []
    for _ in range(guests):
        connection, _ = listener.accept()
        threads.append(threading.Thread(target=room.enter, args=(connection,)))
        threads[-1].start()
    for thread in threads:
        thread.join()


class Guest:
    def __init__(self, name, address):
        self.connection = socket.create_connection(address)
        self.lines = self.connection.makefile("r")
        self.say(name)
        self.hear()  # that it is here itself

    def say(self, line):
        self.connection.sendall(line.encode() + b"\n")

    def hear(self):
        return self.lines.readline().strip()

    def leave(self):
        self.connection.shutdown(socket.SHUT_WR)
        self.lines.close()
        self.connection.close()


def main():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, args=(listener, 2))
        server.start()
        ada = Guest("ada", listener.getsockname())
        bob = Guest("bob", listener.getsockname())
        print("ada hears:", ada.hear())
        ada.say("good morning")
        print("bob hears:", bob.hear())
        bob.say("and to you")
        print("ada hears:", ada.hear())
        bob.leave()
        print("ada hears:", ada.hear())
        ada.leave()
        server.join()


main()

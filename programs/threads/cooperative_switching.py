"""Cooperative switching: a thread that waits lets the others run. ./run.sh programs/threads/cooperative_switching.py

What to watch: three threads connect to a listener that nobody answers yet. `connect`, `recv` and `sleep`
let go of the interpreter while they wait, so every thread has announced itself before the first one is
answered. If they kept it, the program would stand still at the first `recv`.
"""
import socket
import threading

listener = socket.create_server(("127.0.0.1", 0), backlog=8)
log = []
announced = threading.Semaphore(0)


def call_home(number):
    with socket.socket() as s:
        log.append("connecting")
        s.connect(listener.getsockname())
        announced.release()
        answer = s.recv(100).decode()
        log.append(answer)


threads = [threading.Thread(target=call_home, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for _ in threads:
    announced.acquire()
print("all three have connected, nobody was answered yet:", log)
for _ in threads:
    connection, _ = listener.accept()
    connection.sendall(b"answered")
    connection.close()
for thread in threads:
    thread.join()
listener.close()
print(log)

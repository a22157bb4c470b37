# Nobody accepts until every thread has said that it connects: connect must not hold the others up.
import socket
import threading
import time
listener = socket.create_server(("127.0.0.1", 0), backlog=8)
messages = []


def connect():
    s = socket.socket()
    messages.append("connecting")
    s.connect(listener.getsockname())
    messages.append("connected")
    s.recv(1)
    messages.append("closed")
    s.close()


threads = [threading.Thread(target=connect) for _ in range(3)]
for t in threads:
    t.start()
limit = time.monotonic() + 20
while messages.count("connecting") < 3 and time.monotonic() < limit:
    time.sleep(0.005)
while messages.count("connected") < 3 and time.monotonic() < limit:
    time.sleep(0.005)
print(messages.count("connecting"), messages.count("connected"), "closed" in messages)
for _ in range(3):
    c, _ = listener.accept()
    c.close()
for t in threads:
    t.join()
print(messages.count("closed"))
listener.close()

"""Main waits for a thread that waits for the end of a connection whose other end was dropped without being closed."""
import socket
import threading
import warnings

warnings.simplefilter('ignore')
ours, theirs = socket.socketpair()


def drop(end):
    end.send(b'all there is')


received = []


def read():
    while data := theirs.recv(100):
        received.append(data)


thread = threading.Thread(target=read)
thread.start()
drop(ours)
del ours
thread.join()
print(b''.join(received))

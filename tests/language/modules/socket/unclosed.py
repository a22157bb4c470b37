# A socket that nobody closed is closed when it dies, with a ResourceWarning.
import gc
import os
import socket
import warnings

warnings.simplefilter('always')


def lose():
    socket.socket()


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    before = len(os.listdir('/proc/self/fd'))
    for _ in range(3):
        lose()
    gc.collect()
    with socket.socket() as closed:
        pass
    del closed
    gc.collect()
    print(len(os.listdir('/proc/self/fd')) - before)
print({(w.category.__name__, str(w.message).startswith('unclosed <socket.socket fd=')) for w in caught}, len(caught))

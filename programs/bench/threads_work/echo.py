"""An echo server in a thread beside threads that compute: how long a round trip on loopback takes, and what the
computing threads lose by it. The client is a process of its own and asks every two milliseconds.
"""
import socket
import subprocess
import sys
import threading
import time

from measure import say

REQUESTS = 600
PAUSE = 0.002


def client(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        connection.sendall(b"hello")
        connection.recv(64)
        times.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    times.sort()
    print(times[len(times) // 2] * 1e3, times[len(times) * 99 // 100] * 1e3)


def serve(listener):
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        while data := connection.recv(64):
            connection.sendall(data)


class Computing:
    """Threads that count until they are stopped."""

    def __init__(self, number):
        self.counts = [0] * number
        self.stopped = False
        self.threads = [threading.Thread(target=self.count, args=(i,)) for i in range(number)]
        for thread in self.threads:
            thread.start()

    def count(self, mine):
        counts = self.counts
        while not self.stopped:
            for _ in range(1000):
                pass
            counts[mine] += 1

    def rate(self, meanwhile):
        """Counts a second of CPU time while the function runs, and its result."""
        before, begun = sum(self.counts), time.process_time()
        result = meanwhile()
        return (sum(self.counts) - before) / (time.process_time() - begun), result

    def stop(self):
        self.stopped = True
        for thread in self.threads:
            thread.join()


def ask(listener):
    server = threading.Thread(target=serve, args=(listener,))
    server.start()
    port = listener.getsockname()[1]
    done = subprocess.run([sys.executable, __file__, str(port)], capture_output=True, text=True, check=True)
    server.join()
    return [float(word) for word in done.stdout.split()]


def beside(number):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        computing = Computing(number)
        quiet, _ = computing.rate(lambda: time.sleep(1))
        busy, (median, late) = computing.rate(lambda: ask(listener))
        computing.stop()
    say(f"echo beside {number}: median", median, "ms")
    say(f"echo beside {number}: 99th percentile", late, "ms")
    say(f"echo beside {number}: computing kept", busy / quiet, "")


if len(sys.argv) > 1:
    client(int(sys.argv[1]))
else:
    beside(1)
    beside(2)

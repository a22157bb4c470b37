"""A small web-like echo server with a pool of threads, and clients to ask it: ./run.sh programs/echo_server.py

What to watch: four workers take connections from one queue; `accept` and `recv` let the other threads run,
so a slow client holds nobody up. It serves a fixed number of requests on the loopback and ends by itself.
"""
import socket
import threading
from collections import Counter, deque


class Pool:
    """A fixed number of threads that take jobs from a queue."""

    def __init__(self, size):
        self.jobs, self.ready, self.closed = deque(), threading.Condition(), False
        self.threads = [threading.Thread(target=self._work, name=f"worker-{i}") for i in range(size)]
        for thread in self.threads:
            thread.start()

    def submit(self, job, *arguments):
        with self.ready:
            self.jobs.append((job, arguments))
            self.ready.notify()

    def _work(self):
        while True:
            with self.ready:
                while not self.jobs and not self.closed:
                    self.ready.wait()
                if not self.jobs:
                    return
                job, arguments = self.jobs.popleft()
            job(*arguments)

    def close(self):
        with self.ready:
            self.closed = True
            self.ready.notify_all()
        for thread in self.threads:
            thread.join()


class Server:
    def __init__(self, workers=4):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=32)
        self.address = self.listener.getsockname()
        self.pool = Pool(workers)
        self.served, self.lock = Counter(), threading.Lock()

    def serve(self, connections):
        for _ in range(connections):
            connection, _ = self.listener.accept()
            self.pool.submit(self.handle, connection)
        self.pool.close()
        self.listener.close()

    def handle(self, connection):
        with connection, connection.makefile("rw", newline="\n") as stream:
            while line := stream.readline():
                status, body = self.answer(line.rstrip("\n"))
                stream.write(f"{status} {len(body)}\n{body}\n")
                stream.flush()
                with self.lock:
                    self.served[status] += 1

    def answer(self, line):
        match line.split(" ", 1):
            case ["ECHO", text]:
                return 200, text
            case ["UPPER", text]:
                return 200, text.upper()
            case ["SUM", numbers]:
                try:
                    return 200, str(sum(map(int, numbers.split())))
                except ValueError as error:
                    return 400, str(error)
            case ["ECHO" | "UPPER" | "SUM"]:
                return 400, "nothing to work on"
            case _:
                return 404, "no such command"


def client(address, number, answers):
    requests = [f"ECHO hello from {number}", f"UPPER client {number}", f"SUM {number} {number} 1", "SUM a b", "DANCE", "ECHO"]
    got = []
    with socket.create_connection(address) as connection, connection.makefile("rw", newline="\n") as stream:
        for request in requests:
            stream.write(request + "\n")
            stream.flush()
            status, length = stream.readline().split()
            body = stream.readline().rstrip("\n")
            assert len(body) == int(length)
            got.append(f"{status} {body}")
    answers[number] = got


def main(clients=10):
    server = Server()
    serving = threading.Thread(target=server.serve, args=(clients,))
    serving.start()
    answers = {}
    threads = [threading.Thread(target=client, args=(server.address, n, answers)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    serving.join()
    for line in answers[7]:
        print(line)
    print(f"{len(answers)} clients, {sum(server.served.values())} requests: {dict(sorted(server.served.items()))}")
    print("every client got its own answers:", all(a[0].endswith(f"from {n}") and a[2] == f"200 {2 * n + 1}" for n, a in answers.items()))


if __name__ == "__main__":
    main()

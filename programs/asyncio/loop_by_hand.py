"""An event loop in a page, on generators, a heap and a selector. ./run.sh programs/asyncio/loop_by_hand.py

What to watch: a task is a generator that yields what it waits for: a time, or a socket. The loop keeps three places:
the queue of those that can go on, the heap of those that sleep, and the selector with those that wait for a socket. One
turn asks the selector, wakes the sleepers that are due, and resumes each task of the queue once. That is all of it;
`await` is `yield from` with a check, and a Future is a place where a task waits until somebody else finishes it.
"""
import collections
import heapq
import selectors
import socket
import time


class Sleep:
    def __init__(self, seconds):
        self.until = time.monotonic() + seconds


class Readable:
    def __init__(self, sock):
        self.sock = sock


class Future:
    def __init__(self):
        self.waiting, self.done, self.value = [], False, None

    def set(self, loop, value):
        self.done, self.value = True, value
        loop.ready.extend(self.waiting)
        self.waiting.clear()

    def wait(self):
        if not self.done:
            yield self
        return self.value


class Loop:
    def __init__(self):
        self.ready = collections.deque()
        self.sleepers = []
        self.selector = selectors.DefaultSelector()
        self.alive = self.turns = self.order = 0

    def start(self, generator):
        """A task for the generator; the future of its result."""
        end = Future()
        self.ready.append(self.drive(generator, end))
        self.alive += 1
        return end

    def drive(self, generator, end):
        value = yield from generator
        self.alive -= 1
        end.set(self, value)

    def resume(self, task):
        try:
            wish = next(task)
        except StopIteration:
            return
        if wish is None:
            self.ready.append(task)
        elif isinstance(wish, Sleep):
            self.order += 1
            heapq.heappush(self.sleepers, (wish.until, self.order, task))
        elif isinstance(wish, Readable):
            self.selector.register(wish.sock, selectors.EVENT_READ, task)
        else:
            wish.waiting.append(task)

    def turn(self):
        self.turns += 1
        timeout = None
        if self.ready:
            timeout = 0
        elif self.sleepers:
            timeout = max(0, self.sleepers[0][0] - time.monotonic())
        for key, _ in self.selector.select(timeout):
            self.selector.unregister(key.fileobj)
            self.ready.append(key.data)
        while self.sleepers and self.sleepers[0][0] <= time.monotonic():
            self.ready.append(heapq.heappop(self.sleepers)[2])
        for _ in range(len(self.ready)):
            self.resume(self.ready.popleft())

    def run(self, generator):
        end = self.start(generator)
        while not end.done:
            self.turn()
        return end.value


def count(name, steps):
    for step in range(steps):
        print(f"{name} {step}")
        yield
    return name * steps


def echo(sock):
    while True:
        yield Readable(sock)
        data = sock.recv(100)
        if not data:
            return "echo is through"
        sock.send(data.upper())


def ask(sock, words):
    answers = []
    for word in words:
        sock.send(word)
        yield Readable(sock)
        answers.append(sock.recv(100))
    sock.close()
    return answers


def main(loop):
    first, second = loop.start(count("a", 3)), loop.start(count("b", 2))
    print((yield from first.wait()), (yield from second.wait()))
    here, there = socket.socketpair()
    server, client = loop.start(echo(there)), loop.start(ask(here, [b"one", b"two"]))
    print((yield from client.wait()), (yield from server.wait()))
    there.close()
    begun = time.monotonic()
    for seconds in 0.02, 0.01:
        loop.start(nap(seconds))
    yield Sleep(0.03)
    print("three naps in the time of the longest:", time.monotonic() - begun < 1)
    return "done"


def nap(seconds):
    yield Sleep(seconds)
    print(f"slept {seconds}")


loop = Loop()
print(loop.run(main(loop)), loop.alive, "tasks left,", len(loop.ready), "ready")

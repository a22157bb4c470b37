"""A cooperative scheduler of generators: priorities, sleep on a virtual clock, channels, joins, cancellation."""
from collections import deque
import itertools


class Cancelled(Exception):
    pass


class Task:
    ids = itertools.count(1)

    def __init__(self, generator, priority):
        self.id, self.generator, self.priority = next(Task.ids), generator, priority
        self.result, self.done, self.waiters, self.inbox = None, False, [], None

    def __repr__(self):
        return f"task{self.id}"


class Scheduler:
    def __init__(self):
        self.ready, self.sleeping, self.now, self.log = [], [], 0, []

    def spawn(self, generator, priority=0):
        task = Task(generator, priority)
        self.ready.append(task)
        return task

    def step(self, task):
        try:
            if isinstance(task.inbox, BaseException):
                error, task.inbox = task.inbox, None
                request = task.generator.throw(error)
            else:
                value, task.inbox = task.inbox, None
                request = task.generator.send(value)
        except StopIteration as stop:
            self.finish(task, stop.value)
            return
        except Exception as error:
            self.finish(task, error)
            return
        match request:
            case ("sleep", ticks):
                self.sleeping.append((self.now + ticks, task.id, task))
            case ("join", other) if other.done:
                task.inbox = other.result
                self.ready.append(task)
            case ("join", other):
                other.waiters.append(task)
            case ("put", channel, value):
                channel.items.append(value)
                self.ready.append(task)
                if channel.waiting:
                    waiter = channel.waiting.popleft()
                    waiter.inbox = channel.items.popleft()
                    self.ready.append(waiter)
            case ("get", channel) if channel.items:
                task.inbox = channel.items.popleft()
                self.ready.append(task)
            case ("get", channel):
                channel.waiting.append(task)
            case None:
                self.ready.append(task)
            case _:
                task.inbox = TypeError(f"unknown request {request!r}")
                self.ready.append(task)

    def finish(self, task, result):
        task.done, task.result = True, result
        self.log.append(f"{self.now}: {task} ends with {result!r}")
        for waiter in task.waiters:
            waiter.inbox = result
            self.ready.append(waiter)

    def cancel(self, task):
        self.sleeping = [s for s in self.sleeping if s[2] is not task]
        task.inbox = Cancelled("stop")
        if task not in self.ready:
            self.ready.append(task)

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.sleeping.sort(key=lambda s: s[:2])
                self.now = self.sleeping[0][0]
                while self.sleeping and self.sleeping[0][0] == self.now:
                    self.ready.append(self.sleeping.pop(0)[2])
            best = max(self.ready, key=lambda t: t.priority)
            self.ready.remove(best)
            self.step(best)


class Channel:
    def __init__(self):
        self.items, self.waiting = deque(), deque()


s = Scheduler()
channel = Channel()


def producer(n):
    for i in range(n):
        yield "put", channel, i * i
        yield "sleep", 2
    yield "put", channel, None
    return f"{n} made"


def consumer(name):
    total = 0
    while (value := (yield "get", channel)) is not None:
        s.log.append(f"{s.now}: {name} got {value}")
        total += value
    return total


def parent():
    children = [s.spawn(worker(i), priority=i) for i in range(3)]
    results = []
    for child in children:
        results.append((yield "join", child))
    return results


def worker(i):
    yield "sleep", 5 - i
    if i == 1:
        raise ValueError("worker 1 broke")
    return i * 10


def stubborn():
    try:
        yield "sleep", 1000
    except Cancelled as error:
        s.log.append(f"{s.now}: cancelled: {error}")
        yield "sleep", 1
        return "cleaned up"


def confused():
    try:
        yield "dance"
    except TypeError as error:
        return str(error)


def canceller(task):
    yield "sleep", 3
    s.cancel(task)


s.spawn(producer(4))
s.spawn(consumer("c1"))
s.spawn(parent(), priority=5)
s.spawn(canceller(s.spawn(stubborn())))
s.spawn(confused())
s.run()
print("\n".join(s.log))
print("ended at", s.now)

# Coroutine-style pipelines with send, throw, close, yield from and a tiny scheduler.
from collections import deque
from functools import wraps
import itertools


def primed(function):
    @wraps(function)
    def start(*args, **kwargs):
        generator = function(*args, **kwargs)
        next(generator)
        return generator
    return start


@primed
def averager():
    total, count, average = 0.0, 0, None
    while True:
        try:
            value = yield average
        except ZeroDivisionError:
            total, count = 0.0, 0
            average = None
            continue
        total += value
        count += 1
        average = total / count


@primed
def collect(into, limit):
    try:
        while len(into) < limit:
            into.append((yield))
    except GeneratorExit:
        into.append("closed")
        raise
    finally:
        into.append("finally")


def flatten(tree):
    for node in tree:
        if isinstance(node, (list, tuple)):
            yield from flatten(node)
        else:
            yield node


def chunks(iterable, size):
    it = iter(iterable)
    while chunk := tuple(itertools.islice(it, size)):
        yield chunk


def task(name, steps):
    for i in range(steps):
        got = yield f"{name}{i}"
        if got:
            print("  ", name, "got", got)
    return f"{name} done"


def supervisor(name):
    first = yield from task(name + ".a", 2)
    second = yield from task(name + ".b", 1)
    return first + " & " + second


def run(*generators):
    queue = deque((g, None) for g in generators)
    while queue:
        generator, message = queue.popleft()
        try:
            out = generator.send(message)
        except StopIteration as stop:
            print("=>", stop.value)
        else:
            print(out)
            queue.append((generator, out.upper() if out.endswith("1") else None))


a = averager()
print([a.send(v) for v in (10, 20, 60)], a.throw(ZeroDivisionError), a.send(4))
box = []
c = collect(box, 3)
c.send(1)
c.close()
print(box)
box.clear()
c = collect(box, 1)
try:
    c.send("x")
except StopIteration:
    print("stopped", box)
print(list(flatten([1, (2, [3, [4, []]], 5), "ab"])), list(chunks(range(7), 3)))
run(supervisor("s"), task("t", 3))
g = task("z", 1)
try:
    g.send("early")
except TypeError as error:
    print(error)
print(next(g), next(g, "over"), next(g, "still over"))


def bad():
    yield 1
    raise StopIteration("inside")


try:
    list(bad())
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))
gen = (x * y for x in range(3) for y in range(3) if x != y)
print(list(gen), list(gen), gen.gi_running, gen.gi_frame)

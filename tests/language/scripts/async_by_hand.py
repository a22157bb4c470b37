# An event loop of one's own: coroutines, futures, tasks, cancellation, async iteration and context managers.
from collections import deque
import heapq
import itertools
import types


class Cancelled(BaseException):
    pass


class Future:
    def __init__(self):
        self.done, self.value, self.waiters = False, None, []

    def set(self, value):
        self.done, self.value = True, value
        for task in self.waiters:
            task.loop.soon(task)

    def __await__(self):
        if not self.done:
            yield self
        return self.value


class Task(Future):
    def __init__(self, coroutine, loop, name):
        super().__init__()
        self.coroutine, self.loop, self.name = coroutine, loop, name
        self.error = None
        loop.soon(self)

    def step(self, throw=None):
        try:
            waited = self.coroutine.throw(throw) if throw else self.coroutine.send(None)
        except StopIteration as stop:
            self.set(stop.value)
        except Cancelled:
            self.set("cancelled")
        except Exception as error:
            self.error = error
            self.set(None)
        else:
            if waited is None:
                self.loop.soon(self)
            elif isinstance(waited, Future):
                waited.waiters.append(self)
            else:
                self.loop.later(waited, self)


class Loop:
    def __init__(self):
        self.now, self.ready, self.timers, self.counter = 0, deque(), [], itertools.count()

    def soon(self, task, throw=None):
        self.ready.append((task, throw))

    def later(self, delay, task):
        heapq.heappush(self.timers, (self.now + delay, next(self.counter), task))

    def spawn(self, coroutine, name="task"):
        return Task(coroutine, self, name)

    def run(self):
        while self.ready or self.timers:
            if not self.ready:
                self.now, _, task = heapq.heappop(self.timers)
                self.soon(task)
            task, throw = self.ready.popleft()
            if not task.done:
                task.step(throw)


@types.coroutine
def sleep(delay):
    yield delay
    return delay


loop = Loop()


def say(*words):
    print(f"{loop.now:>3}", *words)


class Channel:
    def __init__(self):
        self.items, self.wake, self.closed = deque(), Future(), False

    def put(self, item):
        self.items.append(item)
        self.wake.set(None)

    def close(self):
        self.closed = True
        self.wake.set(None)

    def __aiter__(self):
        return self

    async def __anext__(self):
        while not self.items:
            if self.closed:
                raise StopAsyncIteration
            self.wake = Future()
            await self.wake
        return self.items.popleft()


class Timer:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        self.start = loop.now
        await sleep(1)
        return self

    async def __aexit__(self, kind, value, traceback):
        await sleep(0)
        say(self.name, "took", loop.now - self.start, kind and kind.__name__)
        return kind is KeyError


async def producer(channel):
    async with Timer("producer"):
        for i in range(4):
            await sleep(2)
            channel.put(i)
    channel.close()
    return "produced"


async def squares(channel):
    async for item in channel:
        yield item * item


async def consumer(channel):
    got = [x async for x in squares(channel) if x != 1]
    say("consumer", got)
    return sum(got)


async def forever():
    try:
        while True:
            await sleep(3)
            say("tick")
    finally:
        say("cleaning up")


async def failing():
    async with Timer("swallowed"):
        {}["x"]
    async with Timer("failing"):
        1 / 0


async def main():
    channel = Channel()
    tasks = [loop.spawn(c, c.__name__) for c in (producer(channel), consumer(channel), failing())]
    ticker = loop.spawn(forever())
    for task in tasks:
        say(task.name, "gave", await task, repr(task.error))
    loop.soon(ticker, Cancelled())
    say("ticker", await ticker)
    return [await sleep(n) async for n in arange(3)]


async def arange(n):
    for i in range(n):
        yield i


top = loop.spawn(main())
loop.run()
print(top.value, loop.now, top.error)
coroutine = main()
print(type(coroutine).__name__, coroutine.__qualname__, coroutine.cr_running)
coroutine.close()

from collections import deque


class Sleep:
    def __init__(self, ticks): self.ticks = ticks

    def __await__(self):
        for _ in range(self.ticks):
            yield
        return self.ticks


log = []


async def worker(name, n):
    for i in range(n):
        log.append(f"{name}{i}")
        await Sleep(1 + len(name) % 2)
    return name


def gather(*coroutines):
    ready = deque(enumerate(coroutines))
    results = {}
    while ready:
        i, c = ready.popleft()
        try:
            c.send(None)
            ready.append((i, c))
        except StopIteration as stop:
            results[i] = stop.value
    return [results[i] for i in sorted(results)]


print(gather(worker("a", 3), worker("bb", 2), worker("c", 1)))
print(log)

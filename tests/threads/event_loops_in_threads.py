"""One event loop a thread, calls handed in from other threads, and a loop that others wake while it polls."""
import asyncio
import threading


def run_loop(number, results):
    async def worker(step):
        total = 0
        for i in range(200):
            total += step
            await asyncio.sleep(0)
        return total

    async def main():
        assert asyncio.get_running_loop() is not None
        parts = await asyncio.gather(*[worker(n) for n in range(20)])
        return sum(parts), len(asyncio.all_tasks())

    results[number] = asyncio.run(main())


results = {}
threads = [threading.Thread(target=run_loop, args=(n, results)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("loops side by side:", sorted(results.items()))


async def count_calls(senders, calls):
    loop = asyncio.get_running_loop()
    everything = asyncio.Event()
    seen = {}

    def arrived(sender, number):
        assert threading.current_thread() is threading.main_thread()
        assert number == seen.get(sender, 0)
        seen[sender] = number + 1
        if sum(seen.values()) == senders * calls:
            everything.set()

    def send(sender):
        for number in range(calls):
            loop.call_soon_threadsafe(arrived, sender, number)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(senders)]
    for thread in threads:
        thread.start()
    await everything.wait()
    for thread in threads:
        thread.join()
    return sorted(seen.items())


print("calls from outside:", asyncio.run(count_calls(4, 500)))


def answer_in_other_loop():
    """Two loops that hand each other work until both have seen ten rounds."""
    loops = {}
    ready = threading.Barrier(2)

    def run(name, peer, rounds):
        async def main():
            loops[name] = asyncio.get_running_loop(), asyncio.Queue()
            await asyncio.to_thread(ready.wait)
            loop, queue = loops[peer]
            got = []
            for number in range(10):
                loop.call_soon_threadsafe(queue.put_nowait, (name, number))
                got.append(await loops[name][1].get())
            return got

        rounds[name] = asyncio.run(main())

    rounds = {}
    threads = [threading.Thread(target=run, args=pair + (rounds,)) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(rounds.items())


for name, got in answer_in_other_loop():
    print(name, "got", got[0], "to", got[-1], len(got))


async def many_executor_calls():
    loop = asyncio.get_running_loop()
    numbers = await asyncio.gather(*[loop.run_in_executor(None, pow, n, 2) for n in range(100)])
    return sum(numbers)


print("through the executor:", asyncio.run(many_executor_calls()))


def closed_under_the_feet():
    """A loop that is closed while another thread still sends."""
    loop = asyncio.new_event_loop()
    started, refused = threading.Event(), []

    def send():
        while True:
            try:
                loop.call_soon_threadsafe(int)
            except RuntimeError as exc:
                refused.append(str(exc))
                return
            started.set()

    thread = threading.Thread(target=send)
    thread.start()
    started.wait()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    thread.join()
    return refused


print(closed_under_the_feet())

future = None


async def coroutine_from_outside():
    return threading.current_thread().name


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever, name="loop thread")
thread.start()
print(asyncio.run_coroutine_threadsafe(coroutine_from_outside(), loop).result(10))
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()

"""What the programs here share: one line a measurement, `name<TAB>operations<TAB>seconds`."""
import asyncio
import time


def report(name, operations, seconds):
    print(name, operations, seconds, sep="\t", flush=True)


def measure(name, main, operations, rounds=3):
    """Runs the coroutine function a few times; the best time counts. It is the process's own CPU time: both ends of a
    connection are in one process, and a busy machine changes it little."""
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        asyncio.run(main())
        seconds.append(time.process_time() - begun)
    report(name, operations, min(seconds))

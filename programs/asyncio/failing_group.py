"""TaskGroup: what becomes of the others when one task fails. ./run.sh programs/asyncio/failing_group.py

What to watch: the first failure cancels the tasks that still wait; each of them may tidy up, and may fail while it does.
All failures leave the block together as an ExceptionGroup, which except* takes apart. A timeout around the block cancels
it in the same orderly way. Nothing is left running afterwards.
"""
import asyncio


async def waits(name, gate, log):
    try:
        await gate.wait()
        log.append(f"{name}: went through")
    except asyncio.CancelledError:
        log.append(f"{name}: cancelled")
        raise


async def fails(error, gate=None):
    if gate is not None:
        await gate.wait()
    raise error


async def tidies_up_badly(gate):
    try:
        await gate.wait()
    finally:
        raise OSError("the file could not be closed")


async def several_failures():
    log, never = [], asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits("first", never, log))
            group.create_task(waits("second", never, log))
            group.create_task(tidies_up_badly(never))
            group.create_task(fails(ValueError("bad input")))
    except* ValueError as failed:
        print("values:", [str(error) for error in failed.exceptions])
    except* OSError as failed:
        print("files:", [str(error) for error in failed.exceptions])
    print(*sorted(log), sep="\n")


async def nested_groups():
    async def inner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(KeyError("inner")))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            group.create_task(fails(LookupError("outer")))
    except BaseExceptionGroup as failed:
        print("tree:", sorted(type(error).__name__ for error in failed.exceptions))
        print("keys in it:", failed.subgroup(KeyError) is not None)


async def with_a_time_limit():
    log, never = [], asyncio.Event()
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as group:
                group.create_task(waits("patient", never, log))
    except TimeoutError:
        print("the time is over;", *log)


async def main(part):
    await part()
    print("tasks left:", len(asyncio.all_tasks()) - 1)


for part in several_failures, nested_groups, with_a_time_limit:
    asyncio.run(main(part))

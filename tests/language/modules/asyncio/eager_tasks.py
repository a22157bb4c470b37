"""Eager tasks, which came with 3.12: a task begins at once, and one that never waits is done when create_task()
returns. The expected output is CPython 3.13's."""
import asyncio
import contextvars

log = []
var = contextvars.ContextVar('var', default=0)


async def now(x):
    log.append(('now', x))
    return x


async def later(x):
    log.append(('start', x))
    await asyncio.sleep(0)
    log.append(('end', x))
    return x


async def bad():
    raise ValueError('bad')


async def sets():
    var.set(5)
    return var.get()


async def cancels():
    asyncio.current_task().cancel()
    await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    loop.set_task_factory(asyncio.eager_task_factory)
    one = asyncio.create_task(now(1), name='one')
    print(one.done(), one.result(), one.get_name(), one.get_coro(), log)
    two = asyncio.create_task(later(2), name='two')
    print(two.done(), log[-1], asyncio.current_task() is me)
    print(two in asyncio.all_tasks(), await two, two in asyncio.all_tasks())
    failed = asyncio.create_task(bad())
    print(failed.done(), failed.exception())

    print(asyncio.create_task(sets()).result(), var.get())
    context = contextvars.copy_context()
    print(asyncio.create_task(sets(), context=context).result(), var.get(), context[var])

    cancelled = asyncio.create_task(cancels())
    print(cancelled.done(), cancelled.cancelling())
    try:
        await cancelled
    except asyncio.CancelledError:
        print('cancelled', cancelled.cancelled())

    async with asyncio.TaskGroup() as group:
        first, second = group.create_task(now(3)), group.create_task(later(4))
        print(first.done(), second.done())
    print(first.result(), second.result(), await asyncio.gather(now(5), later(6)))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad())
            print('the group hears of it at the next await')
            await asyncio.sleep(10)
    except* ValueError as errors:
        print(repr(errors))

    called = []
    done = asyncio.create_task(now(7))
    done.add_done_callback(called.append)
    print(called)
    await asyncio.sleep(0)
    print(called == [done])

    async def outer():
        inner = asyncio.create_task(later('inner'))
        print(asyncio.current_task().get_name(), inner.done())
        return await inner
    print(await asyncio.create_task(outer(), name='outer'))
    print(await asyncio.create_task(asyncio.wait_for(later(8), 10)))

    loop.set_task_factory(None)
    asked = asyncio.Task(later(9), eager_start=True, loop=loop)
    print(log[-1])
    await asked
    plain = asyncio.Task(later(10))
    print(log[-1], await plain, log[-1])

    class Mine(asyncio.Task):
        pass

    loop.set_task_factory(asyncio.create_eager_task_factory(Mine))
    mine = asyncio.create_task(now(11))
    print(type(mine).__name__, mine.done())


asyncio.run(main())


async def outside():
    pass

# No loop runs: nothing begins yet.
loop = asyncio.new_event_loop()
task = asyncio.Task(outside(), loop=loop, eager_start=True)
print(task.done())
loop.run_until_complete(task)
loop.close()

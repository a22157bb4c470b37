"""Exceptions in callbacks, protocols, exits and finalisers; loops that are closed, stopped or used from elsewhere."""
import asyncio
import contextlib
import gc
import os
import socket
import sys
import threading


def words(exc):
    return None if exc is None else f'{type(exc).__name__}: {exc}'


reports = []


def report(loop, context):
    reports.append(context['message'])
    message = context['message'].split('.py')[0].split('<')[0].split('/')[0].replace('_SelectorSocketTransport.', '')
    message = message.replace('_SelectorTransport.', '')
    print('  reported:', message, '|', words(context.get('exception')), '|', sorted(context))


def fails(*args):
    raise ValueError('in a callback')


async def callbacks():
    loop = asyncio.get_running_loop()
    loop.call_soon(fails)
    loop.call_later(0, fails, 'x')
    loop.call_soon_threadsafe(fails)
    future = loop.create_future()
    future.add_done_callback(fails)
    future.add_done_callback(lambda f: print('  the next one is called', f.result()))
    future.set_result(1)
    await asyncio.sleep(0.02)
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    loop.add_reader(reader, lambda: (loop.remove_reader(reader), fails()))
    writer.send(b'x')
    await asyncio.sleep(0.02)
    reader.close()
    writer.close()
    loop.set_exception_handler(lambda loop, context: 1 / 0)
    logged = []
    from asyncio.log import logger
    logger.addFilter(lambda record: logged.append(record.getMessage().splitlines()[0]))
    loop.call_soon(fails)
    await asyncio.sleep(0.01)
    print('  handler that fails:', logged)
    logger.filters.clear()
    loop.set_exception_handler(report)


async def protocols():
    loop = asyncio.get_running_loop()

    class Failing(asyncio.Protocol):
        def __init__(self, where):
            self.where = where
            self.lost = loop.create_future()

        def fail(self, where):
            if where == self.where:
                raise ValueError(f'in {where}')

        def connection_made(self, transport):
            self.fail('connection_made')

        def data_received(self, data):
            self.fail('data_received')

        def eof_received(self):
            self.fail('eof_received')

        def pause_writing(self):
            self.fail('pause_writing')

        def connection_lost(self, exc):
            self.lost.set_result(words(exc))
            self.fail('connection_lost')

    for where in 'connection_made', 'data_received', 'eof_received', 'pause_writing', 'connection_lost':
        print(' ', where)
        ours, theirs = socket.socketpair()
        transport, protocol = await loop.create_connection(lambda: Failing(where), sock=ours)
        if where == 'pause_writing':
            transport.write(b'x' * 10_000_000)
            transport.abort()
        theirs.sendall(b'data')
        theirs.shutdown(socket.SHUT_WR)
        if where == 'connection_made':
            transport.close()
        print('   ended with', await protocol.lost)
        await asyncio.sleep(0)
        theirs.close()


class Leaving:
    def __init__(self, enter=None, leave=None):
        self.enter, self.leave = enter, leave

    async def __aenter__(self):
        await asyncio.sleep(0)
        if self.enter:
            raise self.enter

    async def __aexit__(self, *exc):
        await asyncio.sleep(0)
        if self.leave:
            raise self.leave


async def exits():
    async def body(manager, error=None):
        async with manager:
            if error:
                raise error

    for enter, leave, error in ((OSError('enter'), None, None), (None, OSError('leave'), None),
                                (None, OSError('leave'), KeyError('body'))):
        try:
            await body(Leaving(enter, leave), error)
        except Exception as exc:
            print(' ', words(exc), '| context:', words(exc.__context__))

    async def stack():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(Leaving(leave=OSError('first')))
            await stack.enter_async_context(Leaving(leave=OSError('second')))
            raise KeyError('body')
    try:
        await stack()
    except Exception as exc:
        print(' ', words(exc), '|', words(exc.__context__), '|', words(exc.__context__.__context__))

    task = asyncio.create_task(body(Leaving(leave=OSError('leaves badly')), None))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print('  cancelled in __aexit__:', task.cancelled() or words(task.exception()))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(body(Leaving(leave=OSError('in a group'))))
            await asyncio.sleep(10)
    except* OSError as group:
        print('  group:', [words(exc) for exc in group.exceptions])


async def another_report():
    """Of something that dies with a collection, sooner or later."""
    known = len(reports)
    for _ in range(500):
        # Another task that fails takes the place of the forgotten one wherever the loop still names it.
        try:
            await asyncio.create_task(fail('somebody asked'))
        except ValueError:
            pass
        gc.collect()
        if len(reports) > known:
            break


async def fail(why):
    raise ValueError(why)


async def finalisers():
    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            print('  closed by the loop')
            raise ValueError('in a finaliser')

    async def look():
        async for number in numbers():
            return number

    print(' ', await look())
    await another_report()

    async def forgotten():
        raise ValueError('nobody asked')
    asyncio.create_task(forgotten())
    await another_report()


def loops():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(report)

    def attempt(title, function, *args):
        try:
            print(f'  {title}:', function(*args))
        except Exception as exc:
            print(f'  {title}:', words(exc))

    async def inside():
        attempt('close', loop.close)
        attempt('run', loop.run_forever)
        coro = asyncio.sleep(0)
        attempt('run the other', asyncio.new_event_loop().run_until_complete, coro)
        coro.close()
        coro = asyncio.sleep(0)
        attempt('asyncio.run', asyncio.run, coro)
        coro.close()

    loop.run_until_complete(inside())

    async def stops():
        loop.stop()
        await asyncio.sleep(60)
    attempt('stopped', loop.run_until_complete, stops())
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))

    def interrupts():
        raise SystemExit(3)
    loop.call_soon(interrupts)
    try:
        loop.run_until_complete(asyncio.sleep(1))
    except SystemExit as exc:
        print('  exit', exc.code, loop.is_running(), loop.is_closed())
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))

    loop.set_debug(True)
    loop.slow_callback_duration = 600

    async def elsewhere():
        future = loop.create_future()

        def other():
            attempt('call_soon elsewhere', loop.call_soon, print)
            loop.call_soon_threadsafe(future.set_result, None)
        thread = threading.Thread(target=other)
        thread.start()
        await future
        thread.join()
        attempt('not a function', loop.call_soon, 5)
    loop.run_until_complete(elsewhere())
    loop.set_debug(False)
    pending = loop.create_future()
    loop.close()
    loop.close()
    attempt('call_soon', loop.call_soon, print)
    attempt('call_soon_threadsafe', loop.call_soon_threadsafe, print)
    attempt('call_later', loop.call_later, 1, print)
    attempt('add_reader', loop.add_reader, 0, print)
    attempt('remove_reader', loop.remove_reader, 0)
    attempt('run_in_executor', loop.run_in_executor, None, print)
    attempt('run_forever', loop.run_forever)
    coro = asyncio.sleep(0)
    attempt('create_task', loop.create_task, coro)
    coro.close()
    attempt('set_result', pending.set_result, 1)
    attempt('callback', pending.add_done_callback, print)


async def with_report(part):
    asyncio.get_running_loop().set_exception_handler(report)
    await part()

asyncio.run(asyncio.sleep(0))  # what a process has once for all its loops
before = len(os.listdir('/proc/self/fd'))
for part in callbacks, protocols, exits, finalisers:
    print(part.__name__)
    asyncio.run(with_report(part))
print('loops')
loops()
gc.collect()
print('descriptors more:', len(os.listdir('/proc/self/fd')) - before)

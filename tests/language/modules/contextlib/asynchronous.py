# Asynchronous managers and stacks, driven by hand.
import contextlib


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


@contextlib.asynccontextmanager
async def tag(name):
    print(f'<{name}>')
    try:
        yield name.upper()
    except KeyError as error:
        print('swallowed', error)
    finally:
        print(f'</{name}>')


async def main():
    async with tag('a') as value:
        print(value)
    async with tag('b'):
        raise KeyError('gone')

    async def later(word):
        print('later', word)

    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(tag('c'))
        stack.push_async_callback(later, 'on')
        stack.callback(print, 'plain')

    class Thing:
        async def aclose(self):
            print('closed')

    async with contextlib.aclosing(Thing()):
        pass

    @tag('decorated')
    async def work():
        return 7

    return await work()


print(run(main()))

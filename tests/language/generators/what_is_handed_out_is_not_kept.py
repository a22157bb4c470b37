"""A generator that waits does not keep alive what it has handed out."""
import gc
import weakref


class Thing:
    pass


def fresh():
    for _ in range(2):
        yield Thing()


def nested():
    yield from fresh()


def in_the_middle_of_a_call():
    for _ in range(2):
        print('got', (yield Thing()), 1)


def kept():
    for _ in range(2):
        thing = Thing()
        yield thing
        del thing


async def coroutine():
    for _ in range(2):
        yield Thing()


def gone(things):
    for thing in things:
        reference = weakref.ref(thing)
        del thing
        gc.collect()
        print(reference() is None)


for things in (fresh(), nested(), in_the_middle_of_a_call(), (Thing() for _ in range(2))):
    gone(things)
print('a variable of its own keeps it')
gone(kept())


async def each():
    async for thing in coroutine():
        reference = weakref.ref(thing)
        del thing
        gc.collect()
        print(reference() is None)


try:
    each().send(None)
except StopIteration:
    print('end')

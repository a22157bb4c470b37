# pdb in generators and coroutines, jumps, a debugger inside the debugger, and values that cannot be shown.
import asyncio
import io
import pdb
import sys


def debug(function, *commands):
    print('--', function.__name__)
    sys.stdout.flush()
    debugger = pdb.Pdb(stdin=io.StringIO('\n'.join(commands) + '\n'), stdout=sys.stdout, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    debugger.prompt = '\n(Pdb) '
    try:
        result = debugger.runcall(function)
        print('\nreturned', result)
    except Exception as error:
        print('\nraised', repr(error))


def numbers():
    yield 1
    yield 2
    return 3


def looping():
    total = 0
    for number in numbers():
        total += number
    return total


debug(looping, 'next', 'step', 'step', 'next', 'next', 'next', 'next', 'next', 'continue')
debug(looping, 'step', 'step', 'step', 'return', 'step', 'step', 'continue')


def delegating():
    result = yield from numbers()
    yield result


def lists():
    return list(delegating())


debug(lists, 'step', 'step', 'next', 'next', 'next', 'next', 'continue')


async def inner():
    await asyncio.sleep(0)
    return 5


async def outer():
    value = await inner()
    value += await inner()
    return value


def awaiting():
    return asyncio.run(outer())


debug(awaiting, f'break {outer.__code__.co_firstlineno + 1}', 'continue', 'next', 'p value', 'next', 'p value', 'continue')


def jumping():
    values = []
    values.append(1)
    values.append(2)
    for i in range(2):
        values.append(i)
    return values


first = jumping.__code__.co_firstlineno
debug(jumping, 'next', f'jump {first + 3}', 'next', f'jump {first + 5}', f'jump {first + 2}', 'next', f'jump {first + 40}',
      'jump', 'jump x', 'continue')


class Unshown:
    def __repr__(self):
        raise ValueError('not to be shown')


def showing():
    value = Unshown()
    return 1


debug(showing, 'next', 'p value', 'pp value', 'p nothing', 'p 1 +', 'continue')
debug(showing, 'next', 'debug doesnotexist', 'continue', 'debug 1 + 1', 'step', 'continue', 'continue')

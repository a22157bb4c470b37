# The exception that throw() makes of a class, a value and a traceback; what a lambda that yields returns.
class Odd(Exception):
    def __new__(cls, *arguments):
        return cls


class Picky(Exception):
    def __init__(self, one):
        raise KeyError(one)


def catching():
    try:
        yield
    except Exception as error:
        print('caught', type(error), error)


for arguments in ((Odd,), (Odd, 3), (ValueError, Odd), (Picky,), (Picky, 'x'), (int,), (3,), (None,),
                  (ValueError, ValueError(3), 4), (ValueError(3), 4), (ValueError, None), (ValueError, KeyError(3)), (ValueError, (1, 2))):
    generator = catching()
    next(generator)
    try:
        generator.throw(*arguments)
    except StopIteration:
        print('stopped')
    except BaseException as error:
        print(arguments[0], repr(error))


class Awaitable:
    def __await__(self):
        return iter([1])


async def awaiting():
    await Awaitable()


coroutine = awaiting()
coroutine.send(None)
for action in (lambda: coroutine.throw(Odd), lambda: exec('raise Odd', globals()),
               lambda: exec('raise KeyError from Odd', globals())):
    try:
        action()
    except BaseException as error:
        print(repr(error))

for function in (lambda: (yield 1), lambda: [2, (yield 1)]):
    generator = function()
    next(generator)
    try:
        generator.send(5)
    except StopIteration as stop:
        print(repr(stop))

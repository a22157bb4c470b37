"""Where a coroutine was made, which it remembers on request; what is said of one that nobody awaited; the awaitable of
anext() with a default over what cannot be awaited."""
import gc
import os
import sys
import threading
import warnings


async def nothing():
    pass


def inner():
    return nothing()


def outer():
    return inner()


def places(coro):
    coro.close()
    origin = coro.cr_origin
    return origin and [(os.path.basename(file), line - outer.__code__.co_firstlineno, name)
                       for file, line, name in origin]


print(sys.get_coroutine_origin_tracking_depth(), places(outer()))
for depth in 1, 2, 100:
    sys.set_coroutine_origin_tracking_depth(depth)
    print(depth, places(outer()))


async def awaits():
    await nothing()
    coro = inner()
    await coro
    return coro.cr_origin[0][2]

try:
    awaits().send(None)
except StopIteration as stop:
    print(stop.value)

in_thread = []
thread = threading.Thread(target=lambda: in_thread.append(sys.get_coroutine_origin_tracking_depth()))
thread.start()
thread.join()
print('another thread has its own depth:', in_thread)
try:
    sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as exc:
    print(exc, sys.get_coroutine_origin_tracking_depth())


def never(prepare):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        prepare()
        gc.collect()
    for warning in caught:
        print(warning.category.__name__, str(warning.message).replace(os.path.dirname(os.path.abspath(__file__)), '.'))


sys.set_coroutine_origin_tracking_depth(0)
never(lambda: [None for _ in range(1) if outer() is None])
sys.set_coroutine_origin_tracking_depth(2)
never(lambda: [None for _ in range(1) if outer() is None])
sys.set_coroutine_origin_tracking_depth(0)

# The module's function is broken, or gone.
unraisable = []
sys.unraisablehook = lambda info: unraisable.append((info.exc_type.__name__, type(info.object).__name__))
real = warnings._warn_unawaited_coroutine
warnings._warn_unawaited_coroutine = lambda coro: 1 / 0
never(lambda: [None for _ in range(1) if outer() is None])
del warnings._warn_unawaited_coroutine
never(lambda: [None for _ in range(1) if outer() is None])
warnings._warn_unawaited_coroutine = real
print(unraisable)
sys.unraisablehook = sys.__unraisablehook__


class Iterator:
    def __init__(self, answer):
        self.answer = answer

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.answer


class Awaitable:
    def __init__(self, answer):
        self.answer = answer

    def __await__(self):
        return self.answer


async def ask(answer):
    return await anext(Iterator(answer), 'default')

for answer in 1, iter([1]), (x for x in 'abc'), Awaitable(42), Awaitable(None), Awaitable(iter(())), Awaitable(ask(0)):
    coro = ask(answer)
    try:
        coro.send(None)
    except StopIteration as stop:
        print('value', stop.value)
    except Exception as exc:
        print(type(exc).__name__, exc)
    if isinstance(answer, Awaitable) and hasattr(answer.answer, 'close'):
        answer.answer.close()

# What the frames of a traceback know: the variables that a function had when an exception left it, its caller, and
# that the frame which caught the exception is the one that runs.
import sys
import threading
import traceback


def inner(number):
    text = 'deep'
    cells = [number]
    def use():
        return text, cells
    number += 1
    raise ValueError(text)


def outer():
    kept = 'outer'
    inner(1)


def names(frame):
    return sorted(name for name in frame.f_locals if not name.startswith('__'))


def caught():
    before = 1
    try:
        outer()
    except ValueError as error:
        first = error.__traceback__
        second, third = first.tb_next, first.tb_next.tb_next
        print(first.tb_frame is sys._getframe(), first.tb_frame.f_back.f_code.co_name)
        print(second.tb_frame.f_locals)
        print(names(third.tb_frame), third.tb_frame.f_locals['number'], third.tb_frame.f_locals['text'])
        print(third.tb_frame.f_back is second.tb_frame, second.tb_frame.f_back is first.tb_frame)
        print(third.tb_frame is third.tb_frame, third.tb_frame.f_builtins['len'] is len)
        return first


entry = caught()
while entry is not None:
    print(entry.tb_frame.f_code.co_name, entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno)
    entry = entry.tb_next


def recursive(depth):
    if depth == 0:
        return [][depth]
    recursive(depth - 1)


try:
    recursive(5)
except IndexError as error:
    print([frame.f_locals.get('depth') for frame, line in traceback.walk_tb(error.__traceback__)])
    traceback.clear_frames(error.__traceback__)
    print([frame.f_locals.get('depth') for frame, line in traceback.walk_tb(error.__traceback__)])


def twice():
    """The same function at the same place of the stack, while its first exception is still looked at."""
    errors = []
    def attempt(what):
        try:
            raise KeyError(what)
        except KeyError as error:
            errors.append(error)
            return error.__traceback__.tb_frame is sys._getframe()
    print(attempt('a'), attempt('b'), errors)
    return errors[0].__traceback__.tb_frame is errors[1].__traceback__.tb_frame


print(twice())


try:
    class Broken:
        attribute = 3
        1 / 0
except ZeroDivisionError as error:
    print(error.__traceback__.tb_next.tb_frame.f_locals['attribute'])


def generate():
    step = 'first'
    yield 1
    step = 'second'
    raise LookupError


try:
    for _ in generate():
        pass
except LookupError as error:
    print(error.__traceback__.tb_next.tb_frame.f_locals)


def shown():
    secret = 'shown'
    raise RuntimeError('with its variables')


try:
    shown()
except RuntimeError as error:
    lines = traceback.TracebackException.from_exception(error, capture_locals=True).format()
    print([line for line in ''.join(lines).split('\n') if 'secret' in line][-1])


ready, leave = threading.Event(), threading.Event()


def worker():
    try:
        raise OSError('of a thread')
    except OSError:
        ready.set()
        leave.wait()


def start():
    worker()


thread = threading.Thread(target=start)
thread.start()
ready.wait()
kind, error, trace = sys._current_exceptions()[thread.ident]
print(kind, [frame.name for frame in traceback.extract_stack(trace.tb_frame) if frame.name in ('start', 'worker')])
leave.set()
thread.join()

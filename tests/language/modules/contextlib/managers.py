# Managers made of generators, ready-made ones, and stacks of them.
import contextlib
import io


@contextlib.contextmanager
def tag(name):
    print(f'<{name}>')
    try:
        yield name.upper()
    finally:
        print(f'</{name}>')


with tag('a') as value:
    print(value)

try:
    with tag('b'):
        raise KeyError('gone')
except KeyError as error:
    print('caught', error)


@tag('call')
def work(n):
    return n + 1


print(work(1), work(2))

with contextlib.suppress(ZeroDivisionError):
    1 / 0
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print('hidden')
print(repr(out.getvalue()))
with contextlib.closing(io.StringIO('x')) as file:
    pass
print(file.closed)
with contextlib.nullcontext(5) as five:
    print(five)

with contextlib.ExitStack() as stack:
    for name in 'xyz':
        stack.enter_context(tag(name))
    stack.callback(print, 'callback', end='!\n')
    kept = stack.pop_all()
print('nothing left yet')
kept.close()


def swallow(exc_type, exc, tb):
    print('swallowed', exc_type.__name__, exc.__context__ is None)
    return True


def fail(exc_type, exc, tb):
    raise ValueError('second')


with contextlib.ExitStack() as stack:
    stack.push(swallow)
    stack.push(fail)
    raise KeyError('first')


@contextlib.contextmanager
def empty():
    if False:
        yield


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


for maker in empty, twice:
    try:
        with maker():
            pass
    except RuntimeError as error:
        print(error)
try:
    contextlib.ExitStack().enter_context(5)
except TypeError as error:
    print(error)

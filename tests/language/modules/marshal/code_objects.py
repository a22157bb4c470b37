# Code objects as bytes and back: the same code, and it works. Damaged bytes are refused.
import dis
import marshal
import random
import types

SOURCE = '''
"""Words."""
import math

def outer(a, /, b=2, *rest, key: int = 3, **more):
    """Inner words."""
    total = a + b + key
    def inner(x):
        nonlocal total
        total += x
        return total
    return [inner(i) for i in range(3)], rest, more

class Thing:
    size = 1.5
    big, text, raw, many = 2**70, 'é\\U0001f40d', b'bytes', frozenset({1, 2})
    def method(self):
        try:
            return {**vars(Thing)}['size'] / 0
        except ZeroDivisionError as problem:
            return f'{problem!r:>40}', __class__.__name__

async def later():
    async with nothing() as n:
        yield await n

def steps():
    got = yield 1
    match got:
        case {'a': [x, *_]}:
            yield x
        case _:
            yield ...
result = outer(1, key=1, other=2), Thing().method(), math.pi, Thing.big, Thing.text, Thing.raw, sorted(Thing.many)
walker = steps()
result += next(walker), walker.send({'a': [5, 6]})
'''
code = compile(SOURCE, 'a file', 'exec')
data = marshal.dumps(code)
again = marshal.loads(data)
print(type(data), again == code, again.co_filename, again.co_firstlineno, again.co_names == code.co_names, again is code)
namespace, expected = {}, {}
exec(again, namespace)
exec(code, expected)
print(namespace['result'] == expected['result'], namespace['result'])
print(namespace['outer'].__doc__, namespace['__doc__'], namespace['outer'].__code__ == expected['outer'].__code__)
print(marshal.loads(marshal.dumps([code, {'key': code}, 5]))[1]['key'] == code)


def counter(start):
    def step():
        nonlocal start
        start += 1
        return start
    return step


step = counter(5)
twin = types.FunctionType(marshal.loads(marshal.dumps(step.__code__)), globals(), 'twin', None, step.__closure__)
print(step(), twin(), step(), twin.__code__.co_freevars)
function = types.FunctionType(marshal.loads(marshal.dumps(counter.__code__)), globals())
print(function(1)(), dis.code_info(function.__code__).splitlines()[0])
try:
    exec(marshal.loads(marshal.dumps(compile('def f():\n    return 1 / 0\nf()', 'lines', 'exec'))))
except ZeroDivisionError as problem:
    traceback = problem.__traceback__.tb_next
    print(traceback.tb_lineno, traceback.tb_next.tb_lineno, traceback.tb_next.tb_frame.f_code.co_name)

for wrong in data[:10], data[:-1], b'', data[:1]:
    try:
        print(marshal.loads(wrong))
    except (EOFError, ValueError, TypeError) as problem:
        print(type(problem).__name__)

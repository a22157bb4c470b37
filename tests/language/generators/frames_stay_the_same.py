# The frame object of a generator or coroutine is one through all its suspensions, and shows its variables while it is
# suspended; clear() closes it.
import sys
def g():
    a = 1
    yield a
    b = 2
    yield b
    yield sys._getframe()
x = g()
f = x.gi_frame
print(f is x.gi_frame, f.f_locals, f.f_lineno, f.f_back)
next(x)
print(f is x.gi_frame, f.f_locals, f.f_lineno, f.f_back)
next(x)
print(f is x.gi_frame, f.f_locals, f.f_lineno, f.f_back)
print(next(x) is f)
for _ in x: pass
print(x.gi_frame, f.f_locals, f.f_lineno, f.f_back)
def h():
    try:
        yield sys._getframe()
    finally:
        print('closed', sys._getframe().f_back.f_code.co_name)
x = h(); f = next(x); print(f is x.gi_frame)
f.clear(); print(x.gi_frame, f.f_locals)
def rec(n):
    if n: yield from rec(n - 1)
    yield x.gi_frame is fr, sys._getframe().f_locals['n']
x = rec(2); fr = x.gi_frame
print(list(x))
async def co():
    f = sys._getframe()
    await sl()
    return f is sys._getframe(), f.f_lineno - f.f_code.co_firstlineno
class sl:
    def __await__(self): yield
c = co(); c.send(None); print(c.cr_frame.f_locals.keys())
try: c.send(None)
except StopIteration as e: print(e.value)
def tr(fr, ev, arg):
    if fr.f_code.co_name in ('t', 'tt'): ev_.append((fr.f_code.co_name, ev, fr.f_lineno - fr.f_code.co_firstlineno, id(fr) in ids)); ids.add(id(fr))
    return tr
ev_ = []; ids = set()
def t():
    x = 1
    y = yield x
    z = yield y
def tt():
    for i in t():
        i += 1
sys.settrace(tr); tt(); sys.settrace(None)
for e in ev_: print(e)

# What a trace function is told, and at which lines.
import sys
def show(frame, event, arg):
    if event == 'exception':
        arg = (arg[0].__name__, str(arg[1]))
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg)
    return show

def add(a, b):
    c = a + b
    return c

def loop(n):
    total = 0
    for i in range(n):
        total += i
        if total > 100:
            break
    while n > 0:
        n -= 1
    return total

def gen(n):
    for i in range(n):
        yield i

def use_gen():
    x = [v for v in gen(2)]
    def inner():
        return x
    return inner()

def boom():
    raise ValueError('no')

def catch():
    try:
        boom()
    except ValueError as e:
        print('caught', e)
    finally:
        print('fin')
    return 1

class C:
    x = 1
    def m(self):
        return self.x

def cls():
    class D(C):
        y = 2
    return D().m()

def deleg():
    r = yield from gen(1)
    return r

def multi():
    x = add(
        1,
        2,
    )
    y = (x if x
         else 0)
    assert x, 'msg'
    return {
        'a': x,
        'b': y,
    }
def match(x):
    match x:
        case 1:
            return 'one'
        case [a, b]:
            return a
        case _:
            return None
def lam():
    f = lambda v: v * 2
    return sorted([3, 1, 2], key=lambda v: -v), f(2)
def oneliner(): return 1
def tryelse():
    for i in (1, 2):
        try:
            if i == 1: continue
            x = 1
        except KeyError:
            pass
        else:
            x = 2
    else:
        x = 3
    del x
def passes():
    pass
for fn, args in [(add, (1, 2)), (loop, (3,)), (use_gen, ()), (catch, ()), (cls, ()), (lambda: list(deleg()), ()), (multi, ()), (match, ([1, 2],)), (match, (5,)), (lam, ()), (oneliner, ()), (tryelse, ()),(passes,())]:
    print('==', fn.__name__)
    sys.settrace(show)
    fn(*args)
    sys.settrace(None)
print(sys.gettrace())

# Profile functions, f_locals that go back into the variables, f_trace, failing trace functions, threads.
import sys
def p(frame, event, arg):
    print(frame.f_code.co_name, event, getattr(arg, '__name__', arg))
def f(x):
    return len(x) + g(x)
def g(x):
    try:
        int('x')
        x.index(99)
    except ValueError:
        pass
    return max(x)
sys.setprofile(p)
f([1,2])
sys.setprofile(None)
def t(frame, event, arg):
    if event == 'line' and 'v' in frame.f_locals:
        frame.f_locals['v'] = 10
    return t
def h():
    v = 1
    w = v + 1
    return w
sys.settrace(t); print(h()); sys.settrace(None)
def bad(frame, event, arg):
    raise KeyError('trace')
sys.settrace(bad)
try:
    h()
except KeyError as e:
    print('got', e, sys.gettrace())
def loc():
    a = 1
    exec('b = 2')
    print(locals()['b'], locals() is locals())
    fr = sys._getframe()
    return fr
fr = loc()
print(fr.f_locals['a'], fr.f_lineno, fr.f_trace)
def later():
    fr = sys._getframe()
    def tr(frame, event, arg):
        print('tr', event, frame.f_lineno - later.__code__.co_firstlineno)
        return tr
    fr.f_trace = tr
    sys.settrace(tr)
    x = 1
    y = 2
    sys.settrace(None)
    return x
later()
try: sys.settrace()
except TypeError as e: print(e)
def ops():
    x = 1
    return x
cnt = {}
def to(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    cnt[event] = cnt.get(event, 0) + 1
    return to
sys.settrace(to); ops(); sys.settrace(None)
print(sorted(cnt), cnt['opcode'] > 1)
import threading
ev = []
def tt(frame, event, arg):
    if frame.f_code.co_name == 'ops': ev.append(event)
    return tt
threading.settrace(tt)
th = threading.Thread(target=ops); th.start(); th.join()
threading.settrace(None)
print(ev)

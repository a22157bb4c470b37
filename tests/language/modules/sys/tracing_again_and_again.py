# sys.settrace is called by the same instructions again and again: each call has its effect at once.
import sys
def tr(frame, ev, arg):
    if frame.f_code.co_name in ('test', 'start', 'stop'): print(frame.f_code.co_name, ev, frame.f_lineno)
    return tr
def start(f):
    sys.settrace(tr)
def stop():
    sys.settrace(None)
def test(how):
    f = sys._getframe()
    f.f_trace = tr
    sys.settrace(tr)
    x = 1
    if how & 1: stop()
    else: sys.settrace(None)
    y = 1
    f.f_trace = tr
    if how & 2: start(f)
    else: sys.settrace(tr)
    x = 1
    z = 3
    sys.settrace(None)
    y = 1
for i in range(4):
    print('how', i)
    test(i)
for arguments, keywords in (((), {}), ((1, 2), {}), ((), {'function': None})):
    for function in (sys.settrace, sys.setprofile):
        try:
            function(*arguments, **keywords)
        except TypeError as error:
            print(error)

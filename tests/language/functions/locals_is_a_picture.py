# What locals() gave stays as it is; a frame shows what its variables were in the end, also after it was left.
import sys
def f():
    a = 1
    d = locals()
    b = 2
    del d['a']
    return d
print(f())
def g():
    x = 1
    fr = sys._getframe()
    x = 2
    return fr
fr = g()
print(sorted(fr.f_locals), fr.f_locals["x"], fr.f_locals is fr.f_locals)
def h():
    x = 1
    fr = sys._getframe()
    d = fr.f_locals
    x = 2
    return fr, d
fr, d = h()
print(d['x'], fr.f_locals['x'], d is fr.f_locals, d['x'])
class C:
    y = 1
    fr = sys._getframe()
    z = 3
print(C.fr.f_locals['z'])
fr.clear(); print(fr.f_locals)
def m():
    q=1
    def inner(): return q
    return sys._getframe(), inner
print(sorted(m()[0].f_locals))

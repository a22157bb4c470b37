# symtable: what every block of a program knows about its names, and where they live.
import symtable
SRC = '''
import os, sys as s
from a.b import c
glob: int = 1
class K(Base, metaclass=M):
    __private = 1
    attr = lambda self: __x
    def method(self, a, /, b=glob, *args, c: int = 2, **kw) -> str:
        super().method()
        global glob, other
        def inner(p):
            nonlocal a
            a = b + free
            __q = self.__private
            class Deep:
                a = a
                def m(self): return b, __class__
            return [x for x in p if x in (y := args)]
        try: pass
        except E as err: del err
        with open(f) as (g, h[0]), k: pass
        for i in range(c): loop += i
        z: float
        (w): int = 3
        match a:
            case {'k': v, **rest}: pass
            case [first, *others] | Point(x=first, y=others): pass
            case _ as whole: print(f"{whole!r:{width}}")
        return inner
    @deco
    async def coro(self): await self; yield
if (n := 10) > 5: pass
comp = {k: v for k, v in pairs for q in v}
gen = (a async for a in b)
print([t := u for u in 'x'])
def outer():
    x = 1
    def f():
        global x
        def g(): return x
        return [lambda: x for _ in y]
    return f
def outer(): pass
'''
def show(t, d=0):
    print('  '*d, t, t.get_type(), t.get_name(), t.get_lineno(), t.is_optimized(), t.is_nested(), t.has_children())
    for s in sorted(t.get_symbols(), key=lambda s: s.get_name()):
        print('  '*d, ' ', s, [m for m in dir(s) if m.startswith('is_') and getattr(s, m)()], s.get_namespaces())
    for name in ('get_parameters','get_locals','get_globals','get_nonlocals','get_frees','get_methods'):
        if hasattr(t, name): v=getattr(t,name)(); print('  '*d, ' ', name, v
                                                        if name in ('get_parameters','get_methods') else sorted(v))
    for c in t.get_children(): show(c, d+1)
t = symtable.symtable(SRC, 'file.py', 'exec')
show(t)
print(t.get_children()[0] is t.get_children()[0])
for n in ('outer','s','nothing'):
    try: print(t.lookup(n).get_namespace())
    except (ValueError, KeyError) as e: print(repr(e))
for src, kind in (('a +', 'eval'), ('def f(x): global x', 'exec'), ('1', 'bad'), ('nonlocal x', 'exec'),
                  ('x+y', 'eval')):
    try: print(sorted(symtable.symtable(src, '?', kind).get_identifiers()))
    except Exception as e: print(type(e).__name__, e)

import gc, weakref


class C:
    def __init__(self, name): self.name = name
    def __repr__(self): return f"C({self.name})"


def clear_stack(n=30): return n and clear_stack(n - 1)


keep = C("kept")
r = weakref.ref(keep)
print(r() is keep, r().name, weakref.ref(keep) == r, hash(r) == hash(keep), type(r).__name__, weakref.getweakrefcount(keep) >= 1)
called = []


def temporary():
    t = [C(i) for i in range(20)]
    refs = [weakref.ref(x, lambda ref: called.append(1)) for x in t]
    d = weakref.WeakValueDictionary({i: x for i, x in enumerate(t)})
    s = weakref.WeakSet(t)
    k = weakref.WeakKeyDictionary({x: i for i, x in enumerate(t)})
    print(len(d), len(s), len(k), d[3])
    return refs, d, s, k


refs, d, s, k = temporary()
clear_stack()
gc.collect()
gc.collect()
dead = sum(1 for x in refs if x() is None)
print(dead >= 18, len(called) == dead, len(d) <= 2, len(s) <= 2, len(k) <= 2)
p = weakref.proxy(keep)
print(p.name, repr(p) == "C(kept)" or "proxy", r() is keep)
p.name = "changed"
print(keep.name)
for call in (lambda: weakref.ref(5), lambda: weakref.ref("a"), lambda: weakref.ref([]), lambda: weakref.proxy(None), lambda: weakref.ref(), lambda: weakref.ref(keep, 1, 2)):
    try:
        call()
    except TypeError as e:
        print(e)


class Slotted:
    __slots__ = ("a",)


class SlottedWeak:
    __slots__ = ("a", "__weakref__")


try:
    weakref.ref(Slotted())
except TypeError as e:
    print(e)
o = SlottedWeak()
print(weakref.ref(o)() is o)
f = weakref.finalize(keep, print, "finalized at exit")
print(f.alive)

import gc
import weakref


class C:
    def __init__(self, n): self.n = n


def clear_stack(n=60):
    return n and clear_stack(n - 1)


def run():
    dead = []
    objects = [C(i) for i in range(40)]
    refs = [weakref.ref(o, lambda r: dead.append(r)) for o in objects]
    values = weakref.WeakValueDictionary((o.n, o) for o in objects)
    keys = weakref.WeakKeyDictionary((o, o.n) for o in objects)
    members = weakref.WeakSet(objects)
    finalizers = [weakref.finalize(o, dead.append, i) for i, o in enumerate(objects)]
    print(len(values), len(keys), len(members), values[5].n, keys[objects[7]], objects[3] in members, all(f.alive for f in finalizers))
    return refs, values, keys, members, finalizers, dead, objects[:3]


refs, values, keys, members, finalizers, dead, kept = run()
clear_stack()
gc.collect()
gc.collect()
print(sum(r() is not None for r in refs) <= 5, [r().n for r in refs[:3]], len(values) <= 5, len(keys) <= 5, len(members) <= 5, sorted(values)[:3])
print(all(k.n in values for k in kept), [keys[k] for k in kept], kept[0] in members, len(dead) >= 70, sum(f.alive for f in finalizers) <= 5)
print(finalizers[0].detach() is not None, finalizers[0].alive, values.get(39, "gone"), refs[0]() is kept[0])

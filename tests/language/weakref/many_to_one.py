"""Many weak references to one object: which are given out again, in which order they are listed, and that those which
died are forgotten."""
import gc
import weakref


class Node:
    pass


class Ref(weakref.ref):
    pass


node = Node()
plain = weakref.ref(node)
heard = []
called = [weakref.ref(node, lambda r, i=i: heard.append(i)) for i in range(3)]
proxy = weakref.proxy(node)
sub = Ref(node)
print(weakref.ref(node) is plain, weakref.proxy(node) is proxy, Ref(node) is sub, weakref.ref(node, None) is plain)
print(weakref.getweakrefcount(node) >= 6, weakref.getweakrefs(node)[0] is plain)
print(len({id(weakref.ref(node)) for _ in range(1000)}))
del plain
gc.collect()
plain = weakref.ref(node)
print(weakref.ref(node) is plain, plain() is node)

# Thousands that die at once.
for _ in range(20_000):
    weakref.ref(node, print)
gc.collect()
print(weakref.getweakrefcount(node))

held = weakref.WeakSet()
numbers = weakref.WeakKeyDictionary()
for i in range(5000):
    held.add(node)
    numbers[node] = i
    assert node in held and numbers[node] == i
print(len(held), len(numbers))
del node
gc.collect()
print(sorted(heard), plain(), sub(), len(held), len(numbers))

# What a program no longer holds is gone after gc.collect(): what temporaries, finished calls, comprehensions and resized tables
# held last is forgotten. Called directly by an instruction, from a method, and below other calls.
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name


def make(kind):
    nodes = [Node(i) for i in range(20)]
    watch = [weakref.ref(node) for node in nodes]
    if kind == 'dict':
        return watch, weakref.WeakValueDictionary({i: node for i, node in enumerate(nodes)})
    if kind == 'keys':
        return watch, weakref.WeakKeyDictionary({node: i for i, node in enumerate(nodes)})
    if kind == 'set':
        return watch, weakref.WeakSet(nodes)
    if kind == 'cycle':
        for a, b in zip(nodes, nodes[1:] + nodes[:1]):
            a.next = b
    if kind == 'sorted':
        return watch, sorted((node.name for node in nodes), key=lambda name: -name)[:2]
    return watch, None


def alive(watch):
    return sum(ref() is not None for ref in watch)


for kind in 'plain', 'dict', 'keys', 'set', 'cycle', 'sorted':
    watch, container = make(kind)
    gc.collect()
    print(kind, alive(watch), len(container) if container is not None else '-')


class Owner:
    def collect(self):
        return gc.collect()

    def work(self, depth):
        if depth:
            return self.work(depth - 1)
        watch, _ = make('cycle')
        self.collect()
        return alive(watch)


print(Owner().work(0), Owner().work(30))

# Everything that is still to be read survives: arguments, iterators of loops, handlers, with-blocks, generators.
class Manager:
    def __enter__(self):
        return Node('entered')

    def __exit__(self, kind, value, traceback):
        gc.collect()
        print('exit', kind and kind.__name__, value)
        return True


def numbers(n):
    kept = [Node(i) for i in range(n)]
    for node in kept:
        gc.collect()
        yield node.name


print(list(numbers(5)), [(gc.collect() * 0, node.name)[1] for node in map(Node, 'abc')])
print(Node([1, 2]).name + [gc.collect() * 0] + Node([3]).name, f'{Node(1).name}{gc.collect() * 0}{Node(2).name!r}')
with Manager() as entered:
    gc.collect()
    print(entered.name, {gc.collect() * 0: Node(4).name, 'b': Node(5).name})
    raise ValueError('inside')
for name, value in {**{'x': Node(1)}, 'y': Node(2)}.items():
    gc.collect()
    print(name, value.name)
try:
    try:
        raise KeyError(Node('key').name)
    finally:
        gc.collect()
except KeyError as problem:
    gc.collect()
    print(repr(problem), problem.__context__)
first, (second, *rest) = Node(1).name, (Node(gc.collect() * 0).name, *[Node(i).name for i in range(3)])
print(first, second, rest, (lambda *a, **k: (a, k))(Node(1).name, gc.collect() * 0, k=Node(2).name))
match {'a': Node('n').name, 'b': [gc.collect() * 0, 2]}:
    case {'a': str(text), 'b': [0, n]} if gc.collect() >= 0:
        print(text, n)


async def coroutine():
    async def inner(node):
        gc.collect()
        return node.name
    return [await inner(Node(i)) for i in range(3)]


try:
    coroutine().send(None)
except StopIteration as stop:
    print(stop.value)

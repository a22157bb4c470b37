# gc.collect() says how many containers it found in cycles, or held by cycles alone; what counting references frees is not
# among them. One stale word on the native stack may keep a cycle for a while, so each count has a few tries.
import gc


class Node:
    pass


def cyclic_lists(count):
    for _ in range(count):
        loop = []
        loop.append(loop)


def pairs(count):
    for _ in range(count):
        first, second = [], []
        first.append(second)
        second.append(first)


def instances(count):
    for _ in range(count):
        node, other = Node(), Node()
        node.other, other.other = other, node


def with_belongings(count):
    for _ in range(count):
        loop = [[1], {'key': []}, 'text', 5, (1, 2)]
        loop.append(loop)


def dicts(count):
    for _ in range(count):
        loop = {}
        loop['self'] = loop


def closures(count):
    for _ in range(count):
        def inner():
            return inner


def no_cycles(count):
    for _ in range(count):
        [[], {}, ([],), Node()]


def held_from_outside(count):
    for _ in range(count):
        loop = []
        loop.append(loop)
        [loop]  # goes first


class Loud:
    def __del__(self):
        print('del', end=' ')


def with_del(count):
    for _ in range(count):
        loud = Loud()
        loud.me = loud


# A long chain that hangs on a cycle, and a cycle of a thousand.
def chain(count):
    loop = last = []
    for _ in range(count):
        last.append([])
        last = last[0]
    loop.append(loop)


def ring(count):
    nodes = [Node() for _ in range(count)]
    for node, following in zip(nodes, nodes[1:] + nodes[:1]):
        node.next = following


def check(make, count, expected):
    for _ in range(10):
        gc.collect()
        make(count)
        found = gc.collect()
        if found == expected:
            break
    print(make.__name__, count, found)


gc.disable()
for count in 1, 10, 100:
    for make, each in (cyclic_lists, 1), (pairs, 2), (instances, 2), (with_belongings, 4), (dicts, 1), (held_from_outside, 1):
        check(make, count, each * count)
    check(closures, count, 3)
    check(no_cycles, count, 0)
check(chain, 5000, 5001)
check(ring, 1000, 1000)
print(gc.collect())

# What a __del__ kept for a moment is told once.
gc.collect()
with_del(3)
gc.collect()
gc.collect()
print(gc.collect())

told = []
gc.callbacks.append(lambda phase, info: told.append((phase, info['generation'], info['collected'])))
before = gc.get_stats()[2]['collected']
cyclic_lists(4)
found = gc.collect()
print(told == [('start', 2, 0), ('stop', 2, found)], gc.get_stats()[2]['collected'] - before == found)
gc.callbacks.clear()
for wrong in 3, -1, 'a':
    try:
        gc.collect(wrong)
    except (ValueError, TypeError) as problem:
        print(type(problem).__name__, problem)

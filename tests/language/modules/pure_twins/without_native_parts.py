# Modules with a native part work, and do the same, when that part cannot be imported.
import pickle
import sys


def fresh(name, *blocked):
    """The module, imported anew while some others are not to be had."""
    saved = {key: sys.modules.pop(key) for key in list(sys.modules) if key == name or key.startswith(name + '.')}
    kept = {key: sys.modules.pop(key, None) for key in blocked}
    sys.modules.update(dict.fromkeys(blocked))
    try:
        return __import__(name)
    finally:
        for key in list(sys.modules):
            if key == name or key.startswith(name + '.'):
                del sys.modules[key]
        for key, module in kept.items():
            del sys.modules[key]
            if module is not None:
                sys.modules[key] = module
        sys.modules.update(saved)


heapq = fresh('heapq', '_heapq')
heap = [9, 4, 7, 1, 8]
heapq.heapify(heap)
heapq.heappush(heap, 3)
print([heapq.heappop(heap) for _ in range(len(heap))], heapq.nlargest(2, [5, 9, 1]), heapq.nsmallest(2, [5, 9, 1]))
print(list(heapq.merge([5, 3], [4, 2], reverse=True)))

bisect = fresh('bisect', '_bisect')
row = [1, 2, 2, 3]
print(bisect.bisect_left(row, 2), bisect.bisect_right(row, 2), bisect.bisect([3, 2, 1], -2, key=lambda x: -x))
bisect.insort(row, 2.5)
print(row)

functools = fresh('functools', '_functools')
print(functools.reduce(lambda a, b: a + b, 'abc'), functools.partial(int, base=2)('101'))
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))


@functools.lru_cache(maxsize=2)
def square(n):
    return n * n


print([square(n) for n in (1, 2, 1, 3, 2)], square.cache_info())

collections = fresh('collections', '_collections')
od = collections.OrderedDict(a=1, b=2, c=3)
od.move_to_end('a')
print(od, list(reversed(od)), od.popitem(last=False), od == collections.OrderedDict(c=3, a=1))
print(collections.namedtuple('P', 'x y')(1, y=2), collections.Counter('banana').most_common(1))

operator = fresh('operator', '_operator')
print(operator.itemgetter(1, 0)('ab'), operator.attrgetter('real.imag')(3), operator.methodcaller('split', ',')('a,b'))
print(operator.iconcat([1], [2]), operator.__add__(1, 2), operator.length_hint(iter([1, 2])))

json = fresh('json', '_json')
print(json.loads('{"a": [1, 2.5, "\\u00e9\\ud83d\\ude00", null, true, -Infinity]}'), json.dumps({'k': ['\u20ac\n', 1e9]}))
for bad in ('[1,', '{"a" 1}', '"\\x"', '[1] 2', '{1: 2}', '"a'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(error)

import operator
for getter in (operator.itemgetter(1, 'k'), operator.attrgetter('a.b', 'c'), operator.methodcaller('f', 1, k=2)):
    print(pickle.loads(pickle.dumps(getter)), end=' ')
print()

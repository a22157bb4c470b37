# Nested data on lines of limited width.
import collections
import pprint
import types

data = {"numbers": list(range(30)), "nested": {"a": ("x" * 20, "y" * 30), "b": {3, 1, 2}, "c": frozenset(["k"])}, "text": "the quick brown fox jumps over the lazy dog " * 4, "bytes": b"0123456789" * 9}
pprint.pprint(data)
pprint.pprint(data, width=40, compact=True, indent=2)
pprint.pprint(data, depth=1)
pprint.pp({"z": 1, "a": 2}), pprint.pprint([1000000, 2], underscore_numbers=True)
loop = [1]
loop.append(loop)
print(pprint.isrecursive(loop), pprint.isreadable([1]), pprint.isreadable(loop), "Recursion on list" in pprint.pformat(loop), pprint.saferepr((1,)))
for value in (collections.OrderedDict.fromkeys("abc" * 3, 1), collections.Counter("abracadabra"), collections.defaultdict(int, {i: i for i in range(12)}), collections.deque(range(40), 50),
              types.SimpleNamespace(name="x" * 50, other="y" * 40), collections.ChainMap({"a": "b" * 40}, {"c": "d" * 50}), types.MappingProxyType({i: "v" * i for i in range(10)}), bytearray(b"x" * 90), {1: 2, "a": 3}, [(), [], {}, set()]):
    pprint.pprint(value)

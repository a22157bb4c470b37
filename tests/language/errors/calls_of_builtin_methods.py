# Methods of built-in types called with too few, too many and wrong arguments, and with keywords: each error as CPython
# words it. Methods are looked up first and called afterwards, which some messages show.
import collections
import datetime
import types

THINGS = {
    'str': 'abc', 'bytes': b'abc', 'bytearray': bytearray(b'abc'), 'list': [1, 2], 'tuple': (1, 2), 'dict': {1: 2}, 'set': {1},
    'frozenset': frozenset([1]), 'int': 5, 'float': 1.5, 'range': range(3), 'memoryview': memoryview(b'abc'),
    'keys': {1: 2}.keys(),
    'date': datetime.date(2020, 1, 1), 'iterator': iter([1]), 'namespace': types.SimpleNamespace(),
}
METHODS = '''__add__ __mul__ __pow__ __getitem__ __setitem__ __delitem__ __contains__ __setattr__ __delattr__ __format__ __len__ __new__
    __init__ __eq__ count index find startswith split splitlines hex maketrans translate append insert extend pop remove get update
    union difference intersection_update add discard rotate cast tobytes strftime join replace center encode decode
    to_bytes from_bytes fromhex is_integer'''.split()
ARGUMENTS = (), (None,), ('a',) * 5

for name, thing in THINGS.items():
    for method in METHODS:
        if not hasattr(thing, method):
            continue
        for arguments in ARGUMENTS:
            for keywords in {}, {'nosuch': 1}:
                if keywords and arguments:
                    continue
                try:
                    getattr(thing, method)(*arguments, **keywords)
                except (TypeError, ValueError, OverflowError) as problem:
                    print(f'{name}.{method}{arguments} {len(keywords)}: {type(problem).__name__}: {problem}')
                except Exception as problem:
                    print(f'{name}.{method}{arguments} {len(keywords)}: {type(problem).__name__}')

for call in (lambda: 'abc'.count(nosuch=1), lambda: {1}.union(nosuch=1), lambda: str.count(), lambda: dict.__getitem__(1, 2),
             lambda: collections.deque.append(1, 2), lambda: datetime.date.__new__(), lambda: datetime.date.__new__(int),
             lambda: bytes(1, 1), lambda: bytes('a', None), lambda: bytearray(1, 'x', 1), lambda: str.maketrans(1, 2),
             lambda: 'a\nb'.splitlines(2**70), lambda: memoryview(b'', b''), lambda: types.MappingProxyType({}, {})):
    try:
        print(call())
    except TypeError as problem:
        print(problem)
    except OverflowError as problem:
        print(type(problem).__name__)

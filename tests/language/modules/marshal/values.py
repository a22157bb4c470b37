# marshal: plain values survive as bytes in every version; what CPython wrote is read; bad data raises.
import io
import marshal

values = [None, True, False, 0, -5, 2**31, -2**100, 1.5, -0.0, 2j, 1.5 - 2j, 'abc', 'é' * 300, '\ud800', b'xyz', (), (1, 2),
          [1, [2, 'abc']], {'a': 1, 2: (3,)}, {1, 2}, frozenset('ab'), ..., StopIteration, 'a' * 300, tuple(range(300)),
          float('inf')]
for value in values:
    for version in range(5):
        again = marshal.loads(marshal.dumps(value, version))
        if again != value or type(again) is not type(value):
            print('lost', value, version, again)
print(len(values), 'values', marshal.version)

shared = ['x']
again = marshal.loads(marshal.dumps([shared, shared]))
print(again, again[0] is again[1])
cycle = []
cycle.append(cycle)
again = marshal.loads(marshal.dumps(cycle))
print(again[0] is again)

file = io.BytesIO()
for value in values[:6]:
    marshal.dump(value, file)
file.seek(0)
print([marshal.load(file) for _ in range(6)])

# Written by CPython 3.11.
print(marshal.loads(b'\xdb\x03\x00\x00\x00\xe9\x01\x00\x00\x00\xda\x01a\xa9\x02r\x01\x00\x00\x00r\x02\x00\x00\x00'))
print(marshal.loads(b'\xfb\xda\x01k\xe7\x00\x00\x00\x00\x00\x00\xf8?0'))

for value in (object(), len, [object()]):
    try:
        marshal.dumps(value)
    except ValueError as error:
        print(error)
for data in (b'', b'[', b'?', b'r\0\0\0\0', b'l\xff\xff\xff\x7f', b'0', b'(\x01\0\0\0', b'[\1\0\0\0' * 3000, b's\xff\xff\xff\xff',
             b'l\1\0\0\0\0\0'):
    try:
        print(marshal.loads(data))
    except Exception as error:
        print(type(error).__name__, error)

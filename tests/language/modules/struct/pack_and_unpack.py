import struct


def show(function, *args):
    """Prints what a call gives, or how it fails."""
    try:
        print(args, function(*args))
    except Exception as error:
        print(args, type(error).__name__, error)


for order in '@<':
    for code in 'bBhHiIlLqQ':
        for value in (2**33, -2**33, -1, 2**64 - 1, 2**70, 1.5, 'a'):
            show(struct.pack, order + code, value)
for args in (('f', 1e300), ('<f', 1e300), ('e', 1e300), ('e', 65504.0), ('e', 1e-7), ('d', 'a'), ('c', b'ab'),
             ('s', 3), ('3s', b'ab'), ('4p', b'abcdef'), ('0p', b'a'), ('i',), ('i', 1, 2), (3,), ('P', -1), ('<P', 2),
             ('?', []), ('>3h', 1, 2, 3), ('bxxh2s', 1, 2, b'ab'), (' i 2 b', 1, 2, 3), ('2', 1)):
    show(struct.pack, *args)
show(struct.unpack, 'i', b'abc')
show(struct.unpack_from, 'i', b'abc', 0)
show(struct.unpack_from, 'i', b'abcd', -3)
show(struct.unpack_from, '>i', b'abcdefgh', -5)
show(struct.unpack_from, 'i', b'abcd', -30)
buffer = bytearray(8)
for args in (('i', buffer, 0, 1), ('i', buffer, -3, 1), ('i', buffer, -30, 1), ('i', b'12345', 0, 1), ('i',),
             ('i', buffer), ('i', buffer, 0), ('i', buffer, 'a', 3), ('>i', buffer, -4, 7)):
    show(struct.pack_into, *args)
print(buffer)
show(struct.iter_unpack, 'i', b'123')
show(struct.iter_unpack, '', b'123')
print(list(struct.iter_unpack('<hb', bytes(range(9)))))
for form in ('3', 'z', '99999999999999999999999i', b'iq', 'i\0', 'bq', '=bq', 'bq0i', '10x', 'nNP'):
    show(struct.calcsize, form)
record = struct.Struct('>ih')
print(record.format, record.size, record.unpack(record.pack(-1, 300)))
print(struct.unpack('<eefd', struct.pack('<eefd', 1.5, -0.1, 2.5, 1e300)))
print([struct.pack('<e', f) for f in (0.0, -0.0, 0.25, 1e-5, 2**-24, 2**-25, -2.0)])

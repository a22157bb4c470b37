"""struct: records packed, unpacked, and read one after another from a buffer."""
import struct

record = struct.Struct('<IhfdQ8s?')
data = b''.join([record.pack(i, i % 1000, i / 2, i * 1.5, i << 20, b'name%04d' % (i % 10000), i % 2) for i in range(60000)])
total = 0
for fields in record.iter_unpack(data):
    total += fields[0] + fields[1] + fields[4]
for offset in range(0, len(data), record.size):
    total += struct.unpack_from('<Ih', data, offset)[1]
for i in range(100000):
    total += struct.unpack('>HI', struct.pack('>HI', i & 0xffff, i))[1]
print(len(data), total)

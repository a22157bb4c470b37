"""zlib: text and noise, whole and as streams."""
import zlib

text = b''.join([b'line %d of a text that repeats itself\n' % (i % 977) for i in range(60000)])
packed = zlib.compress(text)
print(len(packed), zlib.decompress(packed) == text, zlib.crc32(text), zlib.adler32(text))
stream = zlib.compressobj(9)
pieces = [stream.compress(text[i:i + 4096]) for i in range(0, len(text), 4096)] + [stream.flush()]
back = zlib.decompressobj()
print(sum(map(len, pieces)), sum(len(back.decompress(piece)) for piece in pieces) == len(text))
small = 0
for i in range(20000):
    small += len(zlib.compress(b'short message %d' % i, 1))
print(small)

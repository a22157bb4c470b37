"""Packs and unpacks binary records by hand, dumps bytes, computes checksums, and codes numbers in varints."""


def dump(data, width=16):
    for i in range(0, len(data), width):
        chunk = data[i:i + width]
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in chunk)
        yield f"{i:04x}  {chunk.hex(' '):<{width * 3 - 1}}  {text}"


def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def fnv(data, bits=64):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 % (1 << bits)
    return h


def varint(n):
    n = n << 1 ^ (n >> 63 if n < 0 else 0) if n >= 0 else (-n << 1) - 1
    out = []
    while True:
        out.append(n & 127 | (128 if n > 127 else 0))
        n >>= 7
        if not n:
            return bytes(out)


def unvarint(data, at=0):
    n = shift = 0
    while True:
        byte = data[at]
        at += 1
        n |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            return (-(n + 1) >> 1 if n & 1 else n >> 1), at


class Record:
    MAGIC = b"GR"

    def __init__(self, name, values):
        self.name, self.values = name, values

    def pack(self):
        name = self.name.encode()
        body = varint(len(name)) + name + varint(len(self.values)) + b"".join(map(varint, self.values))
        return self.MAGIC + len(body).to_bytes(4, "little") + body + crc32(body).to_bytes(4, "big")

    @classmethod
    def unpack(cls, data):
        if data[:2] != cls.MAGIC:
            raise ValueError(f"bad magic {data[:2]!r}")
        size = int.from_bytes(data[2:6], "little")
        body = data[6:6 + size]
        if len(data) < size + 10:
            raise ValueError(f"{size + 10 - len(data)} bytes missing")
        if crc32(body) != int.from_bytes(data[6 + size:10 + size], "big"):
            raise ValueError("checksum differs")
        length, at = unvarint(body)
        name, at = body[at:at + length].decode(), at + length
        count, at = unvarint(body, at)
        values = []
        for _ in range(count):
            value, at = unvarint(body, at)
            values.append(value)
        return cls(name, values), data[10 + size:]


record = Record("grüße", [0, 1, -1, 63, 64, -64, 300, 10 ** 12, -(2 ** 40), 2 ** 62])
data = record.pack()
print(*dump(data), sep="\n")
back, rest = Record.unpack(data + b"tail")
print(back.name, back.values == record.values, rest)
for bad in (b"XX" + data[2:], data[:-6], data[:10] + b"\0" + data[11:]):
    try:
        Record.unpack(bad)
    except ValueError as error:
        print("ValueError", error)
print([hex(f(b"The quick brown fox")) for f in (crc32, adler, fnv)], crc32(b""), adler(b"Wikipedia"))
print([varint(n).hex() for n in (0, -1, 1, 127, 128, -129, 2 ** 35)], all(unvarint(varint(n))[0] == n for n in range(-1000, 1000, 7)))
bits = "".join(f"{b:08b}" for b in b"Gila")
print(bits, bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)), int(bits, 2), (0b1011).bit_count(), 0xFF & ~0x0F)
gray = [n ^ n >> 1 for n in range(16)]
print([f"{g:04b}" for g in gray], all((a ^ b).bit_count() == 1 for a, b in zip(gray, gray[1:])))

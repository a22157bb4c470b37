"""Numbers of one word on their short ways: pow() with a modulus, from_bytes, hex, bin and oct, at the borders of words."""
import random

source = random.Random(3)
seen = 0
for _ in range(20_000):
    base = source.randrange(-2 ** source.randrange(1, 70), 2 ** source.randrange(1, 70))
    exponent = source.randrange(-3, 2 ** source.randrange(1, 40))
    modulus = source.choice([1, 2, 7, 2**31, 2**32 - 1, 2**32, 2**32 + 15, 2**60 + 33, -5, 10**18 + 9,
                             source.randrange(1, 2**62)])
    try:
        power = pow(base, exponent, modulus)
        assert (power - pow(base % modulus, exponent % 8, modulus)) * 0 == 0 and 0 <= power * (modulus > 0 or -1) < abs(modulus)
        seen = hash((seen, power))
    except ValueError as error:
        assert str(error) == 'base is not invertible for the given modulus'
    data = source.randbytes(source.randrange(0, 10))
    for order in 'big', 'little':
        for signed in False, True:
            number = int.from_bytes(data, order, signed=signed)
            assert number.to_bytes(len(data), order, signed=signed) == data
            seen = hash((seen, number, int.from_bytes(list(data), order, signed=signed) == number))
    assert int(hex(base), 16) == int(bin(base), 2) == int(oct(base), 8) == base
print(seen)
print(hex(-255), bin(0), oct(True), hex(2**61), hex(-2**61), hex(2**61 - 1), bin(-2**61)[:6], len(bin(-2**61)), oct(-8))
print(pow(0, 0, 1), pow(5, 0, 1), pow(5, 0, 7), pow(-3, 3, 7), pow(True, True, 2), pow(3, 2, -7), pow(2**61, 2**61, 2**61 - 1))
print(int.from_bytes(b'', 'big', signed=True), int.from_bytes(b'\xff' * 8, 'big'), int.from_bytes(b'\x80' + bytes(7), signed=True),
      int.from_bytes(b'\xff' * 8, 'little', signed=True), int.from_bytes(b'\x7f', 'little', signed=True))


class Number(int):
    pass


print(type(Number.from_bytes(b'\x01\x02')).__name__, Number.from_bytes(b'\x01\x02', 'little'), pow(Number(7), 2, 5))

"""float.fromhex: rounding at the edges of doubles, the smallest numbers, and what is malformed."""
import random

texts = ['0x0.ffffffffffffecp-1022', '0x0.fffffffffffff8p-1022', '0x0.fffffffffffff7p-1022', '0x1p-1074', '0x1p-1075',
         '0x1.000001p-1075', '0x.8p-1074', '0x3p-1075', '0x1.fffffffffffff7p1023', '0x1.00000000000008p0', '0x1.00000000000018p0',
         '0x1.000000000000080000000000000000000001p0', '0x' + '0' * 400 + '1p-3', '0x' + 'f' * 14 + '.8', '0x1' + '0' * 300 + 'p-1200',
         '-0x.0p0', ' +1.8P3 ', 'ABC', '0x1p-99999999999999999999', '0x0p999999999999', 'inf', '-nan', '0x1.8p+01']
bad = ['0x1p1024', '0x1.fffffffffffff8p1023', '0x', '0x1p', '0x1.2.3', '0x1px', '', '1 2', '0x1p99999999999999999']
for text in texts + bad:
    try:
        print(text[:50], float.fromhex(text).hex())
    except (ValueError, OverflowError) as error:
        print(text[:50], type(error).__name__, error)
rng = random.Random(3)
for _ in range(200):
    digits = ''.join(rng.choice('0123456789abcdef.')[:1] for _ in range(rng.randint(1, 25)))
    text = f'0x{digits}p{rng.choice([0, -1000, -1060, -1074, 1000, rng.randint(-1100, 1024)])}'
    try:
        print(text, repr(float.fromhex(text)))
    except (ValueError, OverflowError) as error:
        print(text, type(error).__name__)

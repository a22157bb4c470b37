# Arithmetic of ints of one to some fifteen limbs, checked by its own laws, and their digits in all bases.
state = 12345


def bits(count):
    global state
    value = 0
    for _ in range(count // 16 + 1):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        value = value << 16 | state >> 8 & 0xFFFF
    return value >> (count // 16 + 1) * 16 - count


numbers = [0, 1, -1, 2**61, -(2**61), 2**62, 2**63, -(2**63), 2**64, 2**64 - 1, -(2**64), 2**65 + 7, 10**19,
           10**19 - 1, -(10**19), 10**38, 10**38 - 1, 7**100, -(7**100), 2**128, -(2**128), 2**192 - 1, 3**200, 10**57 + 1]
numbers += [bits(count) * sign for count in (60, 64, 65, 127, 128, 130, 200, 511, 900) for sign in (1, -1)]
check = 0
for a in numbers:
    assert int(str(a)) == int(hex(a), 16) == int(oct(a), 8) == int(bin(a), 2) == a
    assert f"{a:x}" == hex(a).replace("0x", "") and f"{a:b}" == bin(a).replace("0b", "")
    for shift in (1, 63, 64, 65, 200):
        assert a >> shift == a // 2**shift and a << shift == a * 2**shift
    for b in numbers:
        assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b)
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a and abs(r) < abs(b) and (r == 0 or (r < 0) == (b < 0))
            assert a // b == q and a % b == r
            check = (check * 31 + q + 7 * r) % (2**89 - 1)
print(check)
for a in numbers[:30]:
    print(a, hex(a))

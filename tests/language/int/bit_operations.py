for a, b in [(12, 10), (-12, 10), (12, -10), (-1, 255), (2 ** 70, 2 ** 65 - 1), (-(2 ** 70), 12345678901234567890)]:
    print(a & b, a | b, a ^ b, ~a)
print(1 << 70, (1 << 70) >> 68, -1 >> 5, -9 >> 1, 5 >> 100, -5 >> 100, 3 << 0, -(1 << 65) >> 1)
for source in ("1 << -1", "1 >> -1", "1 << 1.0", "1.0 & 1"):
    try:
        print(eval(source))
    except (ValueError, TypeError) as error:
        print(error)
print((0).bit_length(), (255).bit_length(), (-256).bit_length(), (2 ** 100).bit_length(), (0b10110).bit_count(), (-7).bit_count())
print(True & 3, True | False, True ^ True, ~1, type(True & True), type(True & 1))

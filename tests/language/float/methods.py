print((2.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (1.5).hex(), (-0.1).hex(), float.fromhex("0x1.8p+1"), float.fromhex("-0x1p-3"), (1.5).conjugate(), (1.5).real, (1.5).imag)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(1.005, 2), round(0.5), round(1.5), round(5e15 + 0.5), round(2.5, 0), round(1e300), round(-0.4))
print(abs(-1.5), int(-1.9), (1.9).__trunc__(), (1.5).__floor__(), (1.5).__ceil__(), (3.0).__eq__(3), (1.0).__add__(1), (1.0).__add__("a"), (2.0).__pow__(3), (1.5).__bool__())
for v in (float("nan"), float("inf")):
    for f in (int, round, lambda x: x.as_integer_ratio(), lambda x: round(x, 2)):
        try:
            print(f(v))
        except (ValueError, OverflowError) as error:
            print(type(error).__name__, error)
print(0.5.as_integer_ratio(), (1e300).is_integer(), float.fromhex("0x.1p4"), float.fromhex("inf"), (0.1).as_integer_ratio())

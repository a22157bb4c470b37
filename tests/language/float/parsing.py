for s in ["1", " 1.5 ", "-2e3", "+.5", "5.", "1_000.5", "inf", "-Infinity", "NaN", "1e-400", "1e400", "0x10", "1e", "", ".", "1.2.3", "e5", "--1", "1_", "infinit", "１.5", "1 2", "1e5_0", "\t3\n", "+nan"]:
    try:
        print(repr(s), float(s))
    except ValueError as error:
        print(error)
print(float(10 ** 30), float(True), float(), float(b"2.5"), float("9" * 30), float("0." + "3" * 40), float("1e23"), float("123456789012345678901234567890"))
for v in (10 ** 400, None, [], 1j):
    try:
        float(v)
    except (OverflowError, TypeError) as error:
        print(type(error).__name__, error)

good = ["12", " -12 ", "+7", "1_000", "0", "-0", "００7", "\n5\t", "123456789012345678901234567890"]
print([int(s) for s in good])
print(int("ff", 16), int("0xFF", 16), int("0xff", 0), int("0b11", 0), int("0o17", 0), int("zz", 36), int("-101", 2), int(b"42"), int("1_0", 2), int("0", 0))
print(int(3.99), int(-3.99), int(True), int(1e20), int(), int("12", base=3), int(2.5e15))
for s in ["", " ", "1.5", "0x10", "1__0", "_1", "1_", "a", "--1", "1 2", "1\0"]:
    try:
        int(s)
    except ValueError as error:
        print(error)
for args in [("9", 8), ("010", 0), ("g", 16), (float("nan"),), (float("inf"),), ("1", 1), ("1", -2), (None,), ("x" * 3, 10)]:
    try:
        print(int(*args))
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)

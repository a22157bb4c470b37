for source in ("1 << 10 ** 20", "'x' * 10 ** 15", "b'x' * 10 ** 15", "[0] * 10 ** 15", "(0,) * 10 ** 16", "list(range(10 ** 12))", "'x' * 10 ** 30", "[0] * 10 ** 30", "bytes(10 ** 15)", "bytes(10 ** 30)", "' ' * 10 ** 18 + 'x'", "'ab'.center(10 ** 16)", "'a'.ljust(10 ** 25)", "'x'.zfill(10 ** 16)", "'%*d' % (10 ** 30, 1)", "'{:1000000000000000000000}'.format(1)", "range(10 ** 30)[10 ** 29]  > 0", "tuple(range(10 ** 13))", "'abc'.replace('b', 'x' * 10 ** 6)[:3]", "[1, 2] * (2 ** 62)", "'ab' * (2 ** 62)", "(1).to_bytes(10 ** 18, 'big')", "set(range(0)) | set()", "sum(range(10 ** 6))", "1 << (1 << 70)", "[[]] * (2 ** 63)", "(-1) << 10 ** 20", "0 << 10 ** 20", "1 >> 10 ** 20", "-1 >> 10 ** 30"):
    try:
        value = eval(source)
        print(source, "=", value)
    except (MemoryError, OverflowError, ValueError) as e:
        print(source, "->", type(e).__name__)
print("still alive", [0] * 3)

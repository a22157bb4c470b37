print(0.1 + 0.2, 1 / 3, 2 / 3, 10 / 4, 7.0 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), divmod(-7.5, 2))
print(2.0 ** 0.5, 2 ** 0.5, (-8) ** (1 / 3), (-2.0) ** 3, 2.0 ** -1, 0.0 ** 0, 1e308 * 10, -1e308 * 10, 1e-320, 5e-324 / 2)
print(1.0 + 1, 3 - 0.5, 2 * 1.5, 1e16 + 1, 1e15 + 0.3, -0.0, 0.0 == -0.0, -(-0.0), 0.0 - 0.0, -0.0 + -0.0)
for source in ("1.0 / 0", "1.0 // 0", "1.0 % 0", "0.0 ** -1", "divmod(1.0, 0.0)", "10.0 ** 400", "(-1.0) ** 0.5", "int(1e400)", "float('x')", "1.5 | 1"):
    try:
        print(source, eval(source))
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        print(source, "->", type(error).__name__, error)
inf, nan = float("inf"), float("nan")
print(inf - inf, inf * 0, inf + 1, -inf, nan == nan, nan != nan, inf > 1e308, inf // 1, 5 % inf, -5 % inf, inf == inf, 1 / inf, [nan] == [nan])
print(5 // 0.3, 1 // 0.1, 6.0 % 0.1, -1 % 1e-20, 1e300 * 1e10 == inf, 3.0.__floordiv__(2), 1e22 + 1e22, 123456789.123456789)

print(abs(-5), abs(5.5), abs(3 - 4j), abs(True), abs(-2 ** 70), divmod(17, 5), divmod(-17, 5), divmod(17.5, -5), pow(2, 10), pow(2, -1), pow(2.0, 3), pow(5, 3, 7), pow(3, -2, 11), pow(base=2, exp=3), pow(2, 3, mod=5))
print(round(3.7), round(-3.5), round(2.5), round(3.14159, 2), round(1234, -2), round(5), round(5, 1), round(1.5, None), round(number=2.25, ndigits=1), round(-0.5), round(True), round(10 ** 20 + 1, -5))
for call in (lambda: pow(2, -1, 4), lambda: pow(0, -1), lambda: pow(2.0, 3, 5), lambda: pow("a", 2), lambda: divmod(5, 0), lambda: abs("x"), lambda: round("x"), lambda: round(1.5, "a"), lambda: round(float("inf")), lambda: pow(2, 3, 0), lambda: divmod(1j, 2)):
    try:
        print(call())
    except (ValueError, ZeroDivisionError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)

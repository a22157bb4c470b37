for spec in ("", "d", "5", "<5", ">5", "^5", "05", "+", " ", "-", "+5d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "08b", "#010x", ",", "_", "_x", "_b", "c", "e", ".2f", "g", "%", "*^9", "0>6", "=+6", "*=6", "n", "12,", "010,", "+,d", ".3e", "G", "E", "F"):
    print(f"{spec:8}|{format(66, spec)}|" + (f"{format(-1234567, spec)}|" if spec != "c" else "") + f"{format(0, spec)!r}")
for value, spec in ((1, "s"), (1, ".2d"), (1, ",x"), (1, "q"), (-1, "c"), (1, "#c"), (1, ",_"), (1, "5.5"), (1, "+c"), (10 ** 400, "f"), (1, "ss"), (1, "1" * 30), (5, "_n")):
    try:
        print(format(value, spec))
    except (ValueError, OverflowError) as e:
        print(repr(spec[:10]), type(e).__name__, e)
print(format(2 ** 100, ","), format(2 ** 100, "_x"), format(-2 ** 70, "+,d"), format(10 ** 25, "e"), format(True, "d"), format(True), format(False, "5"), format(123, "10") + "|")

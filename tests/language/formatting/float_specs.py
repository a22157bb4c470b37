for spec in ("", "f", ".0f", ".2f", "10.3f", "<10.3f", "^10.3f", "010.2f", "+.1f", " .1f", "e", ".3e", "E", "g", ".3g", "G", "%", ".1%", ",", ",.2f", "_.1f", "n", "#.0f", "#g", "=+12.2f", "*>9.1f", ".10", ".3", "15", "z.0f"):
    print(f"{spec:8}", *(f"|{format(v, spec)}" for v in (0.0, -0.0, 3.14159, -1234567.891, 1e-7, 1e20, 0.5, 2.5, float("inf"), float("nan"))))
for spec in ("d", "s", "x", "c", ".f", "5.", "q", ",_f", ".2147483648f"):
    try:
        print(format(1.5, spec))
    except ValueError as e:
        print(spec, e)
print(format(1e16), format(1e22, "f"), format(123456789.0, ".3g"), format(0.1, ".20f"), format(1e300, ",.0f")[:20], format(5e-324, "g"), format(2.675, ".2f"), format(0.125, ".2f"), format(1e5, "g"), format(1e-5, "g"), format(100000.0, ".5g"))

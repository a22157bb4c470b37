a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, -a, +a, abs(a), a == 3 + 4j, a != b, a.real, a.imag, a.conjugate())
print(1j * 1j, 2 + 1j, 1j - 1, 2 * 1j, 1 / 1j, 1j ** 2, (1 + 1j) ** -1, 0j ** 0, bool(0j), bool(1j))
print(complex(1, 2), complex("1+2j"), complex("-3j"), complex("2"), complex(" (1-1j) "), complex(), complex(1.5), complex(1j, 2), complex("inf-nanj"), complex("1e3j"))
print(1j, -1j, 1 + 0j, -0j, 1.5 - 2.5j, complex(0, -0.0), complex(-0.0, 1), [1j], str(2 + 3j), f"{1 + 2j}", complex(1e20, 1e-7))
print(f"{1.234 + 2.345j:.1f} {3j:.2e}", hash(1 + 0j) == hash(1), {1: "x"}[1 + 0j], (1 + 2j) in [1 + 2j])
for source in ("1j < 2j", "1j // 2", "1j % 2", "1j / 0", "0j ** -1", "int(1j)", "float(1j)", "complex('1 + 2j')", "complex('')", "divmod(1j, 1)", "max(1j, 2j)", "round(1j)"):
    try:
        print(eval(source))
    except (TypeError, ZeroDivisionError, ValueError) as error:
        print(source, "->", type(error).__name__, error)

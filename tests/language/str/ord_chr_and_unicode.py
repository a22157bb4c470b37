print(ord("a"), ord("é"), ord("日"), ord("😀"), chr(97), chr(233), chr(0x65e5), chr(0x1f600), repr(chr(0)), ascii(chr(0x10ffff)), len(chr(0x1f600)))
for n in (-1, 0x110000, 10 ** 20, "a", 1.5):
    try:
        chr(n)
    except (ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, e)
print("".join(chr(i) for i in range(33, 127)))
print("e\u0301", len("e\u0301"), "ß".upper(), "ŉ".upper(), "ﬀ".title(), len("ß".upper()), "İ".lower() == "i\u0307", "Σ".lower(), "ΑΣ".lower())
print([c.upper() for c in "aéñßÿ"], "ÿ".upper(), "ı".upper(), "K".lower(), "µ".upper(), "ǆ".title())

print(bin(10), bin(-5), bin(0), oct(64), oct(-8), hex(255), hex(-255), hex(2 ** 70), bin(True), chr(65), ord("A"), ascii("é日"), ascii(["é"]), ascii("a'b"), repr("é"), ord(b"a"))


class I:
    def __index__(self): return 12


print(bin(I()), oct(I()), hex(I()), chr(I()))
for call in (lambda: bin(1.5), lambda: hex("a"), lambda: oct(None), lambda: chr(1114112), lambda: chr(-1), lambda: ord("ab"), lambda: ord(5), lambda: ord(b"ab")):
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

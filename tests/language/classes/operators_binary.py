class V:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name


for name, symbol in [("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"), ("pow", "**"),
                     ("lshift", "<<"), ("rshift", ">>"), ("and", "&"), ("or", "|"), ("xor", "^"), ("matmul", "@")]:
    setattr(V, f"__{name}__", lambda self, other, s=symbol: f"{self}{s}{other}")
    setattr(V, f"__r{name}__", lambda self, other, s=symbol: f"r:{other}{s}{self}")
a, b = V("a"), V("b")
print(a + b, a - 1, 1 * a, a / 2, 7 // a, a % b, a ** 2, 2 ** a, a << 1, 1 >> a, a & b, 1 | a, a ^ 3, a @ b, [] @ a)
print(divmod(7, 2), pow(a, 3))


class Only:
    def __radd__(self, other): return f"radd {other}"


print(1 + Only(), sum([Only()]))
for source in ("Only() + 1", "object() + object()", "1 - Only()", "{} @ {}", "-Only()", "~'x'", "+[]", "None + 1", "'a' + 1", "1 + 'a'", "[1] + (2,)", "{} | 1", "5 ** 'x'", "'a' * 'b'", "'a' - 'b'", "3 << 1.5", "print >> 1"):
    try:
        print(eval(source))
    except TypeError as error:
        print(source, "->", error)

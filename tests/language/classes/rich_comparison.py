class Version:
    def __init__(self, *parts): self.parts = parts
    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts
    def __lt__(self, other): return self.parts < other.parts
    def __le__(self, other): return self.parts <= other.parts
    def __repr__(self): return "v" + ".".join(map(str, self.parts))


a, b = Version(1, 2), Version(1, 3)
print(a < b, a > b, a <= b, a >= b, a == b, a != b, a == Version(1, 2))
print(sorted([b, a, Version(0, 9)]), max(a, b), min(b, a))
print(a == 5, a != 5, 5 == a)
try:
    hash(a)
except TypeError as error:
    print(error)


class Says:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return f"{self.n} lt {other.n}"
    def __gt__(self, other): return f"{self.n} gt {other.n}"
    def __eq__(self, other): return f"{self.n} eq"


class SubSays(Says):
    def __gt__(self, other): return f"sub {self.n} gt"


print(Says(1) < Says(2), Says(1) > Says(2), Says(1) == 3, Says(1) != 3)
print(Says(1) < SubSays(2))
for source in ("1 < 'a'", "[] >= ()", "None < None", "object() < object()", "1j < 2j", "{} < {}", "'x' > 1", "len < print"):
    try:
        print(eval(source))
    except TypeError as error:
        print(source, error)


class NoEq: pass


x = NoEq()
print(x == x, x != x, x == NoEq(), NoEq.__eq__(x, 1), object.__lt__(x, 1))

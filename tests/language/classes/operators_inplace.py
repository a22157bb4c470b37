class Acc:
    def __init__(self): self.items = []

    def __iadd__(self, other):
        self.items.append(other)
        return self

    def __isub__(self, other):
        return "replaced"

    def __add__(self, other):
        return "add"

    def __mul__(self, other):
        return f"mul {other}"


a = b = Acc()
a += 1
a += 2
print(a is b, a.items)
a -= 1
print(a)
b *= 3
print(b)


class Refuse:
    def __iadd__(self, other): return NotImplemented
    def __add__(self, other): return "fallback"


r = Refuse()
r += 1
print(r)
try:
    n = None
    n += 1
except TypeError as error:
    print(error)
try:
    t = (1,)
    t -= 1
except TypeError as error:
    print(error)


class Holder:
    a = Acc()


Holder.a += 5
print(Holder.a.items)
for op in ("//", "%", "**", "<<", ">>", "&", "|", "^", "@", "/"):
    try:
        exec(f"x = 'q'\nx {op}= object" if op != "%" else "x = 1\nx %= ''")
    except TypeError as error:
        print(error)

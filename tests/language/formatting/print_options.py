import sys
print(1, 2, 3, sep="-", end="!\n")
print("a", "b", sep="", end="")
print()
print(sep="x")
print(*[1, 2], sep="\n")
print("x", end=None, sep=None)
print("to stdout", file=sys.stdout)
print("flushed", flush=True)


class Writer:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)


w = Writer()
print("a", 5, None, file=w, sep="+")
print(w.parts)
for kw in ({"sep": 1}, {"end": 1}, {"file": 5}, {"bad": 1}):
    try:
        print("x", **kw)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print("é日😀", [None, True], {"a": (1,)}, 1.0, 1e100, b"b", ...)

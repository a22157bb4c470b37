class Length:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n


class Both:
    def __bool__(self): return False
    def __len__(self): return 5


print(bool(Length(0)), bool(Length(3)), bool(Both()), bool(object()), bool(type))
print([bool(x) for x in (0, 0.0, 0j, "", [], (), {}, set(), range(0), None, b"", False)])
print([bool(x) for x in (1, -0.1, 1j, " ", [0], (None,), {0: 0}, {0}, range(1), ..., b"\0", NotImplementedError)])


class Raises:
    def __bool__(self): raise ValueError("no truth")


for call in (lambda: bool(Raises()), lambda: 1 if Raises() else 2, lambda: Raises() and 1, lambda: not Raises(), lambda: [x for x in [1] if Raises()], lambda: all([Raises()])):
    try:
        call()
    except ValueError as error:
        print(error)

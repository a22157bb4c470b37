print(type(1), type("a") is str, type(None).__name__, isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance([], object), issubclass(bool, int), issubclass(int, (str, object)), type(type), isinstance(int, type))
print([type(x).__name__ for x in (1, 1.0, 1j, "", b"", [], (), {}, set(), frozenset(), range(0), slice(0), None, ..., NotImplemented, True, len, lambda: 0, type, object(), iter([]), (x for x in []), [].append, str.upper, {}.keys(), zip(), map(len, []), enumerate([]), reversed([]), property(), staticmethod(len), classmethod(len), super(int, 1), Exception(), __builtins__, int | str, list[int])])
X = type("X", (int,), {"double": lambda self: self * 2})
print(X(4).double(), X.__mro__, type(X(1)) is X, X.__bases__)

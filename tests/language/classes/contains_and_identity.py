nan = float("nan")
print(nan in [nan], [nan] == [nan], nan == nan, (nan,) == (nan,), {nan: 1}[nan], float("nan") in [float("nan")])


class Never:
    def __eq__(self, other): return False


n = Never()
print(n in [n], n in (n,), n in {n: 1} if Never.__hash__ else "unhashable", [n].index(n), [n].count(n))


class Iterable:
    def __iter__(self): return iter([1, 2, 3])


print(2 in Iterable(), 5 in Iterable(), 3 in range(5), "b" in "abc", "" in "abc", b"b" in b"abc", 98 in b"abc")
for source in ("1 in 'abc'", "'a' in b'abc'", "[] in {1}", "300 in b'a'", "None in 5"):
    try:
        print(eval(source))
    except (TypeError, ValueError) as error:
        print(source, "->", error)

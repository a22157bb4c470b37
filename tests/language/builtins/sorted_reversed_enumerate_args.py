print(sorted([3, 1, 2], reverse=True), sorted("bca"), sorted([3, 1], key=lambda x: -x), sorted({2: "b", 1: "a"}), list(enumerate("ab", start=1)), list(reversed([1, 2])), sorted([], reverse=True), sorted((1, 2), reverse=1), sorted(["b", "A"], key=str.casefold))


class R:
    def __reversed__(self): return "custom"


class Seq:
    def __len__(self): return 3
    def __getitem__(self, i): return i * i


print(reversed(R()), list(reversed(Seq())), list(reversed({"a": 1, "b": 2})))
for call in (lambda: sorted(), lambda: sorted([1], lambda x: x), lambda: sorted([1], key=lambda: 0), lambda: reversed(5), lambda: reversed({1}), lambda: enumerate(), lambda: enumerate([], "a"), lambda: list(reversed(iter([]))), lambda: sorted([1], reverse="x"), lambda: sorted([1, 2], reverse=None)):
    try:
        print(call())
    except TypeError as e:
        print(e)

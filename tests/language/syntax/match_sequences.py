def f(x):
    match x:
        case []:
            return "empty"
        case [a]:
            return f"one {a}"
        case (1, 2):
            return "one two"
        case [1, *rest]:
            return f"one then {rest}"
        case [*start, "end"]:
            return f"{start} end"
        case [[a, b], c]:
            return f"nested {a} {b} {c}"
        case _, _, *_:
            return "two or more"
        case _:
            return "no sequence"


for x in ([], [5], (1, 2), [1, 2, 3], ["x", "end"], [[1, 2], 3], range(4), "ab", {1, 2}, b"ab", 5):
    print(x, "->", f(x))

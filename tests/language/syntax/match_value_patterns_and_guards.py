class Color:
    RED = 1
    GREEN = 2


class Deep:
    inner = Color


def f(x, y=None):
    match x, y:
        case Color.RED, _:
            return "red"
        case Deep.inner.GREEN, None:
            return "green alone"
        case (a, b) if a == b:
            return f"same {a}"
        case (int(a), (1 | 2) as b):
            return f"{a} and small {b}"
        case [str() as s, [*_]]:
            return f"{s} and a list"
    return "fell through"


print(f(1), f(2), f(3, 3), f(9, 2), f("s", [1]), f(None, 5))
match = case = _ = type = 5
print(match, case, _, type)
match [1, 2]:
    case [x, _]:
        print(x)
match (match):
    case 5: print("soft keyword as a name")

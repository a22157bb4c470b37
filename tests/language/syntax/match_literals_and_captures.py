def describe(x):
    match x:
        case 0:
            return "zero"
        case -1 | -2:
            return "negative"
        case 1.5:
            return "float"
        case 2 + 3j:
            return "complex"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case b"raw":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case int() | float() as number if number > 100:
            return f"large {number}"
        case other:
            return f"other {other!r}"


for x in (0, -2, 1.5, 2 + 3j, "b", b"raw", None, True, False, 500, 100.5, 7, "c", [0]):
    print(repr(x), describe(x))

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "match x:\n    pass",
    "match x:\n    case [1, 2:\n        pass",
    "match x:\n    case 1 as 2:\n        pass",
    "match x:\n    case a.b():\n        pass\n    case a():\n        pass\n    case a():\n pass",
    "match *x:\n    case 1: pass",
    "match x:\n    case 1 +:\n        pass",
    "match x:\n    case 3 + 4j + 5:\n        pass",
    "match x:\n    case 1j + 2:\n        pass",
    "match x:\n    case (a, b) | [c]:\n        pass",
]

for source in SOURCES:
    print(repr(source))
    try:
        compile(source, "<case>", "exec")
    except SyntaxError as error:
        print("   ", type(error).__name__ + ":", error.msg)
        print("   ", error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))
    else:
        print("    compiles")

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "match x:\n    case A(b=1, 2):\n        pass",
    "match x:\n    case 1 + 1:\n        pass",
    "match x:\n    case -a:\n        pass",
    "match x:\n    case {a: 1}:\n        pass",
    "match x:\n    case {1: a, 1: b}:\n        pass",
    "match x:\n    case 1 as _:\n        pass",
    "match x:\n    case 1 as a.b:\n        pass",
    "match x:\n    case f'{a}':\n        pass",
    "match x:\n    case x + 1:\n        pass",
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

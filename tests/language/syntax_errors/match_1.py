# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "match x:\n    case a:\n        pass\n    case b:\n        pass",
    "match x:\n    case _:\n        pass\n    case 1:\n        pass",
    "match x:\n    case a | 1:\n        pass",
    "match x:\n    case 1 | a:\n        pass",
    "match x:\n    case [a, a]:\n        pass",
    "match x:\n    case [*a, *b]:\n        pass",
    "match x:\n    case {**a, 'b': 1}:\n        pass",
    "match x:\n    case {**_}:\n        pass",
    "match x:\n    case A(b=1, b=2):\n        pass",
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

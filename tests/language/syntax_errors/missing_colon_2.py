# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "if 1:\n    pass\nelif 2\n    pass",
    "try:\n    pass\nexcept\n    pass",
    "try:\n    pass\nexcept E\n    pass",
    "try:\n    pass\nfinally\n    pass",
    "lambda x",
    "match x\n    case 1:\n        pass",
    "match x:\n    case 1\n        pass",
    "class A(B)\n    pass",
    "def f() -> int\n    pass",
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

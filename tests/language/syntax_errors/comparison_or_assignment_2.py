# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "f(a for a in b, c)",
    "f(c, a for a in b)",
    "f(a=1, a=2)",
    "f(None=1)",
    "f(x() = 1)",
    "return x = 1",
    "f(a=)",
    "x == 1 = 2",
    "dict(a:1)",
    "f(**x, y=1, *z)",
    "f(a b)",
    "f(a, b c)",
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

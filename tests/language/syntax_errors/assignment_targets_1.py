# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "1 = x",
    "f() = 1",
    "x + 1 = 2",
    "'a' = 1",
    "None = 1",
    "True = 1",
    "__debug__ = 1",
    "(a, 1) = x",
    "[a, f()] = x",
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

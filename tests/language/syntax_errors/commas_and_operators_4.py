# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x = 1 if 2",
    "x = 1 if 2 else",
    "not",
    "a not b",
    "a is",
    "in x",
    "x in",
    "->",
    "print x y",
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

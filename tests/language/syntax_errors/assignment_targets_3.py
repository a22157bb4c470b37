# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "(i for i in x) = 1",
    "f'{x}' = 1",
    "... = 1",
    "await x = 1",
    "x = 1 = y",
    "x = f() = 3",
    "(x := 1) = 2",
    "not x = 1",
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

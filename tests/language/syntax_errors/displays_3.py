# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "[lambda x: x for x]",
    "x[1:2:3:4]",
    "x[]",
    "x[1 2]",
    "x.1",
    "x.",
    "x.class",
    ".x",
    "f(,)",
    "[,]",
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

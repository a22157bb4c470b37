# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "{1: 2, 3}",
    "{1, 2: 3}",
    "{1: }",
    "{: 1}",
    "{1:2, **}",
    "{**x, 1}",
    "{*x: 1}",
    "{1: *x}",
    "{**x for x in y}",
    "[*x for x in y]",
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

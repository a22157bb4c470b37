# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x = a ! b",
    "?",
    "a = `b`",
    "x =",
    "x = y z = 1",
    "foo bar baz",
    "[1, 2, 3 4]",
    "(a, b c)",
    "{1, 2 3}",
    "a, b c",
    "x = (a for b c)",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "f() += 1",
    "1 += x",
    "(a, b) += 1",
    "[a] += 1",
    "x + y += 1",
    "None += 1",
    "del f()",
    "del 1",
    "del x + 1",
    "del (a, 1)",
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

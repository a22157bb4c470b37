# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "(*x for x in y)",
    "{x: y for x in z, 1}",
    "[x, y for x in z]",
    "{x, y for x in z}",
    "[x for x in]",
    "[x for x y]",
    "[for x in y]",
    "[x if y for y in z]",
    "(*x)",
    "[x for x in 1, 2]",
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

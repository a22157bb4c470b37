# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "pass x",
    "break 1",
    "pass = 1",
    "while",
    "for",
    "for x",
    "for x in",
    "for in y: pass",
    "for x on y: pass",
    "if",
    "class",
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

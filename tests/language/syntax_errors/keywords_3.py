# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def",
    "del",
    "return return",
    "x = pass",
    "x = return 1",
    "async",
    "await",
    "global",
    "nonlocal",
    "raise raise",
    "is x",
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

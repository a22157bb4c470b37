# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "0o78",
    "0xfz",
    "1jx",
    "1.5abc",
    "1e5z",
    "08",
    "0008.5x",
    "1..2",
    "1__2.5",
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

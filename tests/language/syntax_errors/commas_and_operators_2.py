# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x = y++ + 1",
    "a <> b",
    "!x",
    "x = 5 6",
    "a b",
    "a = b c",
    "x = 3 ? 4 : 5",
    "x = a && b",
    "x = a || b",
    "$x",
    "x = 5€",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "0777",
    "1__0",
    "1_",
    "0x",
    "0xg",
    "0b2",
    "0b",
    "0o8",
    "0o",
    "1e",
    "1e+",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "1.5.2",
    "1a",
    "0_7",
    "00_8",
    "5x + 1",
    "1_000_",
    "0x_",
    "1.e_5",
    "1._5",
    "12abc",
    "0b12",
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

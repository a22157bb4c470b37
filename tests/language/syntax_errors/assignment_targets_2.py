# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x if y else z = 1",
    "lambda: x = 1",
    "-x = 1",
    "a < b = 1",
    "x and y = 1",
    "{} = 1",
    "{1: 2} = x",
    "{1} = x",
    "[i for i in x] = 1",
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

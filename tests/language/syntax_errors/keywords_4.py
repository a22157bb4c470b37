# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "and y",
    "True = False",
    "lambda",
    "from",
    "with",
    "assert True = 1",
    "f(if=1)",
    "x = class",
    "elif",
    "yield = 1",
    "False()= 2",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "(1, 2",
    "x = [1, 2\ny = 3",
    "print('a'",
    "d = {1: 2",
    "(1, 2]",
    "[1, (2, 3]\n)",
    "x = 1)",
    "}",
    "f(1, [2, {3: 4}]",
    "x = (\n  1,\n  2\n",
    "def f(:\n    pass",
    "print((1)",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "if x = 1:\n    pass",
    "while x = 1:\n    pass",
    "if x.y = 1: pass",
    "elif x = 1: pass",
    "print(a = 1 if b = 2)",
    "f(a, b.c=1)",
    "f(1=2)",
    "f(True=1)",
    "f(x + 1=2)",
    "f(a=1, 2)",
    "f(**a, *b)",
    "f(**a, b)",
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

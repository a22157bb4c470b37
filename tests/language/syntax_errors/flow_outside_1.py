# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "return 1",
    "class A:\n    return 1",
    "yield 1",
    "class A:\n    yield 1",
    "await x",
    "def f():\n    await x",
    "break",
    "continue",
    "if 1:\n    break",
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

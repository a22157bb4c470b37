# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "if 1:\npass",
    "  x = 1",
    "x = 1\n  y = 2",
    "if 1:\n    x\n  y",
    "def f():\nreturn 1",
    "class A:\nx = 1",
    "for i in x:\npass",
    "while 1:\npass",
    "with a:\npass",
    "try:\npass",
    "try:\n    pass\nexcept:\npass",
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

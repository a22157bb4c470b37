# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "if x\n    pass",
    "while True\n    pass",
    "for i in x\n    pass",
    "def f()\n    pass",
    "class A\n    pass",
    "else\n    pass",
    "try\n    pass",
    "with a as b\n    pass",
    "if 1:\n    pass\nelse\n    pass",
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

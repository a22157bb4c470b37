# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "if = 1",
    "class = 1",
    "for = 2",
    "x = for",
    "def = 1",
    "None()  = 1",
    "x.None = 1",
    "x.if = 1",
    "import if",
    "lambda: return",
    "print(if)",
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

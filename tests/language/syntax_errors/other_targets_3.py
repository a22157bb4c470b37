# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "import a as 1",
    "(x, y): int = 1",
    "[x]: int",
    "f(): int",
    "1: int",
    "x, y: int",
    "(1 := 2)",
    "(x.y := 2)",
    "(x[0] := 2)",
    "x := 1",
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

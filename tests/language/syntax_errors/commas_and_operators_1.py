# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x = [1 2]",
    "x = (1 2)",
    "x = {1: 2 3: 4}",
    "print 'hello'",
    "print x",
    "print 1, 2",
    "exec 'x'",
    "x = 1 +",
    "x = * 2",
    "1 +* 2",
    "x++",
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

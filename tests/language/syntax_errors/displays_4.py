# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "(,)",
    "{,}",
    "[1,,2]",
    "{1: 2,, 3: 4}",
    "f(1,,2)",
    "{'a' 1}",
    "{'a': 1 'b': 2}",
    "{1: 2, 3: }",
    "{1:2, 3:4",
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

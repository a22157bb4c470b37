# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "raise x, y",
    "assert",
    "assert x,",
    "else:\n    pass",
    "elif x:\n    pass",
    "case 1:\n    pass",
    "try:\n    pass\nexcept E as f.x:\n    pass",
    "try:\n    pass\nexcept E as 1:\n    pass",
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

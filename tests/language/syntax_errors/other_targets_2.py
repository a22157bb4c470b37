# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "del None",
    "del {}",
    "for 1 in x: pass",
    "for f() in x: pass",
    "for x + 1 in y: pass",
    "for None in x: pass",
    "with a as 1: pass",
    "with a as f(): pass",
    "[x for 1 in y]",
    "[x for f() in y]",
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

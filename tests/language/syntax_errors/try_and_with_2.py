# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "for x in y:\n    try:\n        pass\n    except* A:\n        continue",
    "def f():\n    try:\n        pass\n    except* A:\n        return",
    "except:\n    pass",
    "finally:\n    pass",
    "try:\n    pass\nfinally:\n    pass\nelse:\n    pass",
    "with:\n    pass",
    "with a, : pass",
    "with (a as b, c as 1): pass",
    "raise x from",
    "raise from x",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "try:\n    pass\n",
    "try:\n    pass\nx = 1",
    "try:\n    pass\nexcept:\n    pass\nexcept E:\n    pass",
    "try:\n    pass\nelse:\n    pass",
    "try:\n    pass\nexcept A, B:\n    pass",
    "try:\n    pass\nexcept A, B as c:\n    pass",
    "try:\n    pass\nexcept* :\n    pass",
    "try:\n    pass\nexcept A:\n    pass\nexcept* B:\n    pass",
    "try:\n    pass\nexcept* A:\n    pass\nexcept B:\n    pass",
    "try:\n    pass\nexcept* A:\n    break",
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

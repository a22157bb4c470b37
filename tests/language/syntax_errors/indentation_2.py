# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "try:\n    pass\nfinally:\npass",
    "if 1:\n    pass\nelse:\npass",
    "if 1:\n\tx\n        y",
    "match x:\ncase 1:\n    pass",
    "match x:\n    case 1:\n    pass",
    "if 1:\n    x\n\ty",
    "def f():\n",
    "if 1:\n    pass\nelif 2:\npass",
    "try:\n    pass\nexcept* E:\npass",
    "try:\n    pass\nexcept E as e:\npass",
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

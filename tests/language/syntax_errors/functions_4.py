# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f(a, *, /): pass",
    "lambda (a): 1",
    "def f(x for x in y): pass",
    "@\ndef f(): pass",
    "@x",
    "@x\ny = 1",
    "def True(): pass",
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

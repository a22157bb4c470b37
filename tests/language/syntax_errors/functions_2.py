# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f(a.b): pass",
    "def f((a, b)): pass",
    "def f(None): pass",
    "lambda a, a: 1",
    "lambda a=1, b: 1",
    "lambda *: 1",
    "lambda **k, a: 1",
    "def f(**k=1): pass",
    "def f(*a=1): pass",
    "def f(a=): pass",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f(a, a): pass",
    "def f(a=1, b): pass",
    "def f(*): pass",
    "def f(*, **k): pass",
    "def f(**k, a): pass",
    "def f(*a, *b): pass",
    "def f(a, /, b, /): pass",
    "def f(/, a): pass",
    "def f(*a, /): pass",
    "def f(1): pass",
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

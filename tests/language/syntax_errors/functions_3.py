# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f(*, *a): pass",
    "def f(a, *, b, *, c): pass",
    "def 1(): pass",
    "def f: pass",
    "def (): pass",
    "def f() pass",
    "class 1: pass",
    "class: pass",
    "class A(: pass",
    "def f(a:): pass",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f():\n    x: int\n    global x",
    "class A:\n    nonlocal x",
    "def f():\n    for x in y: pass\n    global x",
    "def f():\n    import x\n    global x",
    "global x, 1",
    "def f():\n    x = 0\n    def g():\n        def h():\n            nonlocal y\n",
    "[x := 1 for x in y]",
    "[[i := 1 for j in x] for i in y]",
    "class A:\n    [x := 1 for y in z]",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "[x for x in (y := 1)]",
    "def f():\n    def x(): pass\n    global x",
    "def f():\n    class x: pass\n    global x",
    "def f():\n    [i for i in (j := x)]",
    "def f():\n    from a import *",
    "class A:\n    from a import *",
    "def f():\n    import a.*",
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

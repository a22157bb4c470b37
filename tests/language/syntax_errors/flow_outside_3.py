# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "async def f():\n    return 1\n    yield",
    "for i in x:\n    pass\nelse:\n    break",
    "x = yield = 1",
    "[(yield 1) for x in y]",
    "[x for x in (yield 1)]",
    "async x",
    "async def f(): lambda: await x",
    "def f(a=(yield)): pass",
    "class A(await b): pass",
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

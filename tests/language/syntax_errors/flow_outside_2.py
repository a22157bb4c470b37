# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "def f():\n    break",
    "for i in x:\n    def g():\n        break",
    "while 1:\n    class A:\n        continue",
    "async with a: pass",
    "def f():\n    async with a: pass",
    "def f():\n    async for a in b: pass",
    "def f():\n    [x async for x in y]",
    "[await x for x in y]",
    "async def f():\n    yield from x",
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

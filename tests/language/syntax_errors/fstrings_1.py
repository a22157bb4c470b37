# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "f'{'",
    "f'{}'",
    "f'{x'",
    "f'}'",
    "f'{x!}'",
    "f'{x!z}'",
    "f'{x!r'",
    "f'{a b}'",
    "f'{x:{y:{z}}}'",
    "f'{lambda x: 1}'",
    "f'{\\'a\\'}'",
    "f'{#}'",
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

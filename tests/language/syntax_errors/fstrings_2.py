# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "f'{!r}'",
    "f'{ }'",
    "f'{x:'",
    "f'{x = !}'",
    "f'{1 +}'",
    "f'{(}'",
    "f'{)}'",
    "f'{a[}'",
    "f'{x;y}'",
    "f'{*}'",
    "f'{x=y}'",
    "f'{class}'",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "x = 'abc",
    'x = "abc\ny = 1',
    "x = '''abc\ndef",
    "'a' b 'c'",
    "x = b'é'",
    "'\\x4'",
    "'\\N{no such name}'",
    "'\\u12'",
    "b'a' 'b'",
    "'\\N{'",
    "print('it's')",
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

# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "import",
    "from x import",
    "from x import (a, b",
    "from x import a,",
    "from import x",
    "import a.b as c.d",
    "from . import *, a",
    "from x import *, y",
    "import a, ",
    "from x import a as",
    "from x import (a, b), c",
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

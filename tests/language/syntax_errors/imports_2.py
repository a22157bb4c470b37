# The message and the range of errors of this kind, as compile() raises them.
SOURCES = [
    "from x import ()",
    "import *",
    "from .x.y import 1",
    "import a b",
    "from __future__ import braces",
    "from __future__ import nothing_known",
    "x = 1\nfrom __future__ import annotations",
    "import .a",
    "from x import a.b",
    "import x as None",
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

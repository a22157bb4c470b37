import sys
for error in (KeyError("missing key"), KeyError(("tuple", 1)), ValueError(), ValueError(""), ValueError("two\nlines"), Exception(1, 2), OSError(2, "No such file or directory", "x.txt"), StopIteration(), AssertionError()):
    try:
        raise error
    except Exception:
        sys.excepthook(*sys.exc_info())


class BadStr(Exception):
    def __str__(self): raise RuntimeError


class InModule(Exception):
    __module__ = "package.module"


class Outer:
    class Inner(Exception): pass


for error in (BadStr(), InModule("m"), Outer.Inner("q")):
    try:
        raise error
    except Exception:
        sys.excepthook(*sys.exc_info())

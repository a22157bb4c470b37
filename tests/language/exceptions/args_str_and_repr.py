for e in (Exception(), Exception("a"), Exception("a", 1), KeyError("k"), KeyError(), KeyError("a", "b"), ValueError(["x"]), OSError(2, "No such file"), OSError("just text"), OSError(2, "msg", "file.txt"),
          StopIteration(5), SystemExit(3), SystemExit(), ImportError("m", name="n", path="p"), AttributeError("a", name="n", obj=1), NameError("x", name="x"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "why"), SyntaxError("s", ("f", 1, 2, "text"))):
    print(repr(e), "|", e, "|", e.args)
print(StopIteration(5).value, SystemExit(3).code, ImportError("m", name="n").name, OSError(2, "m", "f").filename, OSError(13, "x").errno, type(OSError(13, "x")).__name__)
e = ValueError("x")
e.args = (1, 2)
print(e, repr(e))
print(type(OSError(2, "x")).__name__, type(OSError(17, "x")).__name__, type(OSError(111, "x")).__name__, type(OSError(32, "x")).__name__, type(OSError(9999, "x")).__name__)

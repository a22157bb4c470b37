# Carets mark the part of the line that failed.
import sys


def show(f):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())


d = {"a": {"b": None}}
a, b, zero = 1, "2", 0
show(lambda: d["a"]["b"]["c"]["d"])
show(lambda: a + 1 + b + 2)
show(lambda: (a + 1) * (b - 1))
show(lambda: len(1)(2))
show(lambda: d.missing.other)
show(lambda: a / zero + 1)
show(lambda: -b)
show(lambda: [1, 2, 3][10])
show(lambda: undefined_name + 1)
show(lambda: a(b)(zero))

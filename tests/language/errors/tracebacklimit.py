# sys.tracebacklimit keeps only the last entries of what is printed for an uncaught exception.
import sys


def deep(left):
    if left:
        deep(left - 1)
    1 / 0


for limit in (1000, 2, 1, 0, -1, 1 << 100, -1 << 100):
    sys.tracebacklimit = limit
    try:
        deep(2)
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
        print('--', file=sys.stderr)

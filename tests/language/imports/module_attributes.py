import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "_pkg"))
import with_getattr as w
print(w.lazy, dir(w), w.__name__)
try:
    w.other
except AttributeError as e:
    print(e)
import counted
print(sys.count)
import counted
del sys.modules["counted"]
import counted
print(sys.count)
counted.added = 5
print(counted.added, vars(counted)["added"], counted.__dict__ is vars(counted))
try:
    counted.zz
except AttributeError as e:
    print(e)
m = type(sys)("made", "doc")
m.x = 1
sys.modules["made"] = m
import made
print(made.x, made.__doc__, made)
print(math.pi if "math" in dir() else "not imported", __import__("math").pi, __import__("os.path").__name__, __import__("os.path", fromlist=["x"]).__name__)
import math as m2, os.path as p
print(m2.e > 2, p is os.path, sys.modules["math"] is m2)


def inside():
    import json
    from collections import deque as dq
    return json.__name__, dq.__name__


print(inside())
if True:
    from string import digits
print(digits)

from collections import OrderedDict, ChainMap, namedtuple, UserDict
o = OrderedDict(b=1, a=2)
o["c"] = 3
o.move_to_end("b")
print(o, list(o), o.popitem(), o.popitem(last=False), o, OrderedDict([("x", 1)]) == {"x": 1}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), repr(OrderedDict()))
o.move_to_end("c", last=False) if "c" in o else None
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(cm["a"], cm["b"], cm.maps, sorted(cm), len(cm), "z" in cm, cm.get("z", 0), cm.new_child({"c": 9})["c"], cm.parents["a"])
cm["new"] = 5
print(cm.maps[0], dict(cm) == {"a": 1, "b": 3, "new": 5})
try:
    cm["missing"]
except KeyError as e:
    print(e)
Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), p._asdict(), p._replace(x=5), Point._fields, Point._make([3, 4]), *p, len(p), hash(p) == hash((1, 2)), isinstance(p, tuple), p + (3,), Point.__doc__, Point.__name__)
D = namedtuple("D", ["a", "b", "c"], defaults=[10, 20])
print(D(1), D(1, 2), D._field_defaults, sorted([Point(2, 1), Point(1, 5)]), Point(1, [2]))
x, y = p
print(x, y, namedtuple("R", "a class a", rename=True)._fields)


class Sub(namedtuple("Base", "v")):
    def double(self): return self.v * 2


print(Sub(4).double(), Sub(4))
for call in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: namedtuple("B", "class"), lambda: namedtuple("B", "a a"), lambda: p.zz, lambda: namedtuple("1x", "a"), lambda: p._replace(q=1), lambda: namedtuple("B", "_a")):
    try:
        print(call())
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
try:
    p.x = 5
except AttributeError as e:
    print(e)


class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)


u = U(a=1)
u["b"] = 5
print(u, u.data)

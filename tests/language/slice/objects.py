s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), s.indices(6), slice(None, None, -1).indices(5), slice(-3, None).indices(10), slice(100, -100, -3).indices(7), slice(1, 2) == slice(1, 2), slice(1) == slice(2), slice(1) < slice(2))
print([1, 2, 3, 4][slice(1, 3)], "abcdef"[slice(None, None, 2)], (1, 2, 3)[slice(-2, None)], list(range(10))[slice(8, 2, -3)], slice("a", [1], None))


class Index:
    def __index__(self): return 2


print([0, 1, 2, 3][Index():], [0, 1, 2, 3][:Index()], "abcd"[Index()], list(range(9))[::Index()])
for source in ("slice()", "slice(1, 2, 3, 4)", "[1]['a':]", "[1][::0]", "hash(slice(1))", "slice(1).indices('a')", "slice(1).start.x", "[1][1.5:]", "slice(1, 2, 0).indices(3)"):
    try:
        print(eval(source))
    except (TypeError, ValueError, AttributeError) as e:
        print(source, "->", type(e).__name__, e)
try:
    s.start = 5
except AttributeError as e:
    print(type(e).__name__, e)
a = list(range(10))
a[slice(2, 8, 3)] = "xy"
del a[slice(0, 2)]
print(a, a[-1:-4:-1], a[:-1], a[-2:], a[10:], a[2:1], a[:10 ** 20], a[-10 ** 20:2], a[::10 ** 20], a[::-10 ** 20])

a = list(range(10))
print(a[0], a[-1], a[2:5], a[:3], a[-3:], a[::2], a[::-1], a[8:2:-2], a[20:], a[-20:2], a[5:5], a[True], a[slice(1, 3)])
a[2:4] = ["x"]
print(a)
a[1:1] = [100, 200]
print(a)
a[::2] = range(6) if len(a[::2]) == 6 else [0] * len(a[::2])
print(a)
a[5:] = []
print(a)
a[:] = "abc"
a[len(a):] = "de"
print(a)
del a[1], a[-1], a[10:]
print(a)
a = list(range(10))
del a[::3]
print(a)
del a[5:1:-2]
print(a)
a[3:1] = ["inserted"]
print(a)
a[1:3] = a
print(a)
for source in ("a[100]", "a[-100]", "a['x']", "a[1.0]", "a[None]", "a[::0]"):
    try:
        eval(source)
    except (IndexError, TypeError, ValueError) as e:
        print(source, type(e).__name__, e)
for source in ("a[100] = 1", "del a[100]", "a['x'] = 1", "a[::2] = [1]", "a[1:2] = 5", "a[0:2:1] = 5", "del a['x']"):
    try:
        exec(source)
    except (IndexError, TypeError, ValueError) as e:
        print(source, type(e).__name__, e)

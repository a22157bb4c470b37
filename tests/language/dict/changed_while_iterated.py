d = {i: i for i in range(5)}
for action in ("d[100] = 1", "del d[4]", "d.clear()", "d.popitem()"):
    d = {i: i for i in range(5)}
    try:
        for k in d:
            exec(action)
        print("finished", action, len(d))
    except RuntimeError as e:
        print(action, "->", e)
d = {i: i for i in range(5)}
for k in d:
    d[k] = k * 2
print(d)
for k in list(d):
    del d[k]
print(d)
d = {1: 1, 2: 2}
try:
    for k, v in d.items():
        del d[k]
        d[k + 10] = v
except RuntimeError as e:
    print(e)
it = iter({1: 1}.values())
print(next(it), next(it, "end"), next(it, "end"))
d = {1: 1}
it = iter(d)
d[2] = 2
for _ in range(2):
    try:
        next(it)
    except RuntimeError as e:
        print(e)

class Probe:
    def __getitem__(self, key):
        return key


p = Probe()
print(p[1], p[1:2], p[::], p[:], p[1:2:3], p[:-1], p[::2])
print(p[1, 2], p[1:2, 3], p[...], p[..., 1], p[()], p[(1, 2)])
print(p[*[1, 2]], p[*"ab", 3], p["k"], p[None], p[lambda: 0].__name__)
print(p[p[1]:p[2]], p[x := 5], x)
items = list(range(10))
items[2:5] = "abc"
items[::3] = [0, 0, 0, 0]
print(items, items[-3:], items[::-2], items[20:], items[5:2])

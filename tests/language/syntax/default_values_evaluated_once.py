def collect(item, into=[]):
    into.append(item)
    return into


print(collect(1))
print(collect(2))
print(collect(3, []))
print(collect.__defaults__)
i = 5


def show(x=i, *, y=i * 2):
    return x, y


i = 6
print(show(), show.__defaults__, show.__kwdefaults__)
show.__defaults__ = (100,)
print(show())

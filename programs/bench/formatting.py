"""f-strings, str.format, % and str() of ints and floats."""


def run(n):
    size = 0
    for i in range(n):
        x = i * 0.37
        size += len(f"{i}:{x:.2f} [{i:>6}] {i:x}")
        size += len("%d/%s/%.1f" % (i, "abc", x))
        size += len("{} {:,} {name!r}".format(i, i, name="n"))
        size += len(str(x)) + len(repr(i))
    return size


print(run(200_000))

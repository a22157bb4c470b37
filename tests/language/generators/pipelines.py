def read():
    for line in ["a=1", "# comment", "", "b = 2", "c=three"]:
        yield line


def strip(lines):
    return (line.strip() for line in lines)


def useful(lines):
    for line in lines:
        if not line or line.startswith("#"):
            continue
        yield line


def pairs(lines):
    for line in lines:
        k, _, v = line.partition("=")
        yield k.strip(), v.strip()


print(dict(pairs(useful(strip(read())))))


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1


out = []
for p in primes():
    if p > 50:
        break
    out.append(p)
print(out)


def windows(items, n):
    window = []
    for x in items:
        window.append(x)
        if len(window) == n:
            yield tuple(window)
            del window[0]


print(list(windows(range(6), 3)))

"""Calls with keywords, defaults, *args and **kwargs."""


def plain(a, b=2, c=3):
    return a + b + c


def only_keywords(*, width, height=1, depth=1):
    return width * height + depth


def gather(*args, **kwargs):
    return len(args) + len(kwargs)


def forward(*args, **kwargs):
    return plain(*args, **kwargs)


def run(n):
    total = 0
    for i in range(n):
        total += plain(i, c=1)
        total += plain(a=1, b=i & 7, c=2)
        total += only_keywords(width=i & 3, depth=2)
        total += gather(1, 2, x=3)
        total += forward(1, c=i & 1)
    return total


print(run(1_000_000))

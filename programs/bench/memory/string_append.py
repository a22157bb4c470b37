"""s += 'x' a million times: must be linear, and one string long at the end."""


def run(n):
    s = ""
    for _ in range(n):
        s += "x"
    return s


print(len(run(1_000_000)))

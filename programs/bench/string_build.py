"""s += piece, join, slicing, replace, find and split of strings."""


def run(n):
    s = ""
    for i in range(n):
        s += "x"
        s += str(i & 15)
    parts = []
    for i in range(n):
        parts.append("ab")
        parts.append(s[i])
    joined = "-".join(parts)
    replaced = joined.replace("ab", "c").upper()
    count = 0
    position = replaced.find("C")
    while position >= 0 and count < n:
        count += 1
        position = replaced.find("C", position + 1)
    return len(s), len(joined), len(replaced.split("-")), count, hash(s) == hash("".join(s))


print(*run(1_600_000))

"""Wraps, justifies, hyphenates, makes boxes, tables and a bar chart out of plain text."""

TEXT = ("When the lizard saw the shadow of the bird it ran under the nearest stone, and there it stayed, without moving, "
        "until the evening came. Extraordinarily-long-words-are-broken, and   spaces   collapse.")


def wrap(text, width):
    line, out = "", []
    for word in text.split():
        while len(word) > width:
            room = width - len(line) - (1 if line else 0)
            if room > 3:
                line += (" " if line else "") + word[:room - 1] + "-"
                word = word[room - 1:]
            out.append(line)
            line = ""
        if line and len(line) + 1 + len(word) > width:
            out.append(line)
            line = word
        else:
            line += (" " if line else "") + word
    return out + [line] if line else out


def justify(lines, width):
    for n, line in enumerate(lines):
        words = line.split()
        if n == len(lines) - 1 or len(words) == 1:
            yield line
            continue
        spaces = width - sum(map(len, words))
        gap, extra = divmod(spaces, len(words) - 1)
        yield "".join(w + " " * (gap + (i < extra)) for i, w in enumerate(words)).rstrip()


def box(lines, style="+-|"):
    corner, across, down = style
    width = max(map(len, lines))
    edge = corner + across * (width + 2) + corner
    return "\n".join([edge, *(f"{down} {line:<{width}} {down}" for line in lines), edge])


def table(rows, align):
    widths = [max(len(str(r[i])) for r in rows) for i in range(len(align))]
    for row in rows:
        yield " | ".join(format(str(c), f"{a}{w}") for c, a, w in zip(row, align, widths)).rstrip()


def chart(values, height=5):
    top = max(values.values())
    for level in range(height, 0, -1):
        yield "".join(" # " if v * height >= level * top else "   " for v in values.values()).rstrip()
    yield "".join(f" {k[0]} " for k in values).rstrip()


def columns(left, right, width):
    from itertools import zip_longest
    return [f"{a:<{width}} {b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]


for width in (20, 36):
    lines = wrap(TEXT, width)
    print(*justify(lines, width), sep="\n")
    print("=" * width, max(map(len, lines)))
print(box(["Gila", "a small box"]), box(["é日"], "*=!"), sep="\n")
print(*table([("name", "qty", "price"), ("apple", 3, "1.25"), ("watermelon", 12, "0.5")], "<>^"), sep="\n")
print(*chart({"mon": 3, "tue": 9, "wed": 5, "thu": 1}), sep="\n")
print(*columns(wrap(TEXT[:60], 15), wrap(TEXT[60:100], 12), 16), sep="\n")
print(wrap("", 10), wrap("a", 10), wrap("abcdefghij" * 2, 6))

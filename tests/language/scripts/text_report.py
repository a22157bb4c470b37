# Counts, tables and wrapped paragraphs from a text.
import string
from collections import Counter, OrderedDict
from itertools import groupby, islice

TEXT = """\
It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness, it was the epoch of belief, it was
the epoch of incredulity, it was the season of Light, it was the season of
Darkness, it was the spring of hope, it was the winter of despair.

We had everything before us; we had nothing before us. We were all going
direct to Heaven, we were all going direct the other way!
"""


def words(text):
    table = str.maketrans("", "", string.punctuation)
    return text.translate(table).lower().split()


def wrap(text, width):
    line = ""
    for word in text.split():
        if len(line) + len(word) + bool(line) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def table(rows, headers):
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headers, *rows)]
    rule = "+".join("-" * (w + 2) for w in widths).join("++")
    yield rule
    yield "|" + "|".join(f" {h:^{w}} " for h, w in zip(headers, widths)) + "|"
    yield rule
    for row in rows:
        yield "|" + "|".join(f" {c:<{w}} " if not c[0].isdigit() else f" {c:>{w}} " for c, w in zip(row, widths)) + "|"
    yield rule


all_words = words(TEXT)
counts = Counter(all_words)
print(f"{len(all_words)} words, {len(counts)} different, longest {max(all_words, key=lambda w: (len(w), w))!r}")
top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:8]
print(*table([(w, n, f"{n / len(all_words):.1%}") for w, n in top], ("word", "count", "share")), sep="\n")
by_length = OrderedDict()
for length, group in groupby(sorted(set(all_words), key=len), key=len):
    by_length[length] = sorted(group)
for length, group in by_length.items():
    print(f"{length:>2}: {', '.join(islice(group, 5))}{' ...' if len(group) > 5 else ''}")
for number, paragraph in enumerate(TEXT.split("\n\n"), start=1):
    for row in wrap(paragraph, 38):
        print(f"{number}> {row:<38} <")
print(TEXT.title().count("Of"), TEXT.swapcase()[:6], TEXT.partition("worst")[2][:9], TEXT.rfind("it"), TEXT.index("wisdom"))
print("{0:>10}|{0:^10}|{0:<10}|{1:+08.3f}|{2:#x}|{2:#b}|{3!r:>6}".format("mid", 3.14159, 255, "q"))
print("%-8s|%5.1f|%03d|%r|%%" % ("left", 2.25, 7, "it's"))

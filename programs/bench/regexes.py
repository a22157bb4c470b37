"""Regular expressions: words of a text, a tokenizer with many alternatives, sub() with a function, short matches."""

import re

TEXT = "the quick brown fox jumps over the lazy dog, 42 times; and x_1 = f(y, 3.14) + 'text'\n" * 400
TOKEN = re.compile(r"""
    (?P<NUMBER>\d+(?:\.\d+)?) | (?P<NAME>[A-Za-z_]\w*) | (?P<STRING>'[^'\n]*') |
    (?P<OP>[-+*/=<>!]=?|[(),;]) | (?P<NEWLINE>\n) | (?P<SPACE>[ \t]+)
""", re.VERBOSE)


def main():
    words = 0
    for _ in range(20):
        words += len(re.findall(r"\w+", TEXT))
    kinds = {}
    for _ in range(6):
        for token in TOKEN.finditer(TEXT):
            kind = token.lastgroup
            kinds[kind] = kinds.get(kind, 0) + 1
    doubled = ""
    for _ in range(10):
        doubled = re.sub(r"\d+", lambda found: str(int(found[0]) * 2), TEXT)
    dates = 0
    date = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
    for i in range(60000):
        found = date.match("2024-0%d-1%d" % (i % 10, i % 7))
        if found is not None and found.group(2) != "00":
            dates += int(found[3])
    lines = len(re.split(r"[;,]\s*", TEXT)) + sum(1 for _ in re.finditer(r"(?i)FOX|DOG|CAT", TEXT))
    print(words, sorted(kinds.items()), len(doubled), dates, lines)


main()

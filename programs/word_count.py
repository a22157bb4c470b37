"""Counts lines, words and letters of files or of stdin: ./run.sh programs/word_count.py [FILE]... [--top N]

What to watch: a dictionary does the counting and a generator feeds it line by line, so that a file of
any size needs little memory. Without a file, and with a terminal as stdin, a small text of its own is used.
"""
import sys

SAMPLE = """\
The lizard sat in the sun, and the sun sat on the lizard.
"What do you see?" asked the snake. "The sun," said the lizard,
"and, now and then, the shadow of a bird."
"""


def words_of(lines):
    for line in lines:
        word = []
        for letter in line + " ":
            if letter.isalpha() or letter == "'":
                word.append(letter.lower())
            elif word:
                yield "".join(word).strip("'")
                word.clear()


class Counting:
    """Passes lines on and counts them on their way."""

    def __init__(self, lines):
        self.lines, self.seen, self.letters = lines, 0, 0

    def __iter__(self):
        for line in self.lines:
            self.seen += 1
            self.letters += len(line)
            yield line


def report(name, lines, top):
    source = Counting(lines)
    counts = {}
    for word in words_of(source):
        counts[word] = counts.get(word, 0) + 1
    print(f"{name}: {source.seen} lines, {sum(counts.values())} words ({len(counts)} different), {source.letters} letters")
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
    widest = max((len(word) for word, _ in ranked), default=0)
    for word, count in ranked:
        print(f"  {word:<{widest}} {count:>4} {'#' * count}")


def main(arguments):
    top = 5
    if "--top" in arguments:
        at = arguments.index("--top")
        top = int(arguments[at + 1])
        del arguments[at:at + 2]
    if not arguments:
        report("a sample" if sys.stdin.isatty() else "stdin", SAMPLE.splitlines(True) if sys.stdin.isatty() else sys.stdin, top)
    for name in arguments:
        try:
            with open(name) as file:
                report(name, file, top)
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

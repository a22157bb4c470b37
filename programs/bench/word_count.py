"""Split a text, count its words in a dictionary, sort the counts."""
words = "the quick brown fox jumps over a lazy dog while seven wizards mix potions near an old stone bridge".split()
lines = []
state = 12345
for _ in range(12000):
    line = []
    for _ in range(12):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        line.append(words[(state >> 8) % len(words)])
    lines.append(" ".join(line) + ".")
text = "\n".join(lines)


def count(text):
    counts = {}
    for line in text.split("\n"):
        for word in line.lower().split():
            word = word.strip(".,")
            counts[word] = counts.get(word, 0) + 1
    return counts


for _ in range(24):
    counts = count(text)
print(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3], sum(counts.values()))

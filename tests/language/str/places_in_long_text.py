"""Finding and counting in text of one byte a character: every place of the needle in blocks of sixteen, short tails,
overlaps, needles that nearly fit everywhere, and the same for bytes."""
import random


def slow_find(text, part, start=0):
    for place in range(start, len(text) - len(part) + 1):
        if text[place:place + len(part)] == part:
            return place
    return -1


def slow_count(text, part):
    count = place = 0
    while (place := slow_find(text, part, place)) >= 0:
        count += 1
        place += len(part)
    return count


source = random.Random(5)
wrong = 0
for _ in range(3000):
    text = ''.join(source.choices('ab' if source.random() < 0.5 else 'abcdé', k=source.randrange(0, 70)))
    part = ''.join(source.choices('abcé', k=source.randrange(1, 6)))
    if source.random() < 0.5 and text:
        at = source.randrange(len(text))
        part = text[at:at + source.randrange(1, 40)]
    expected = slow_find(text, part)
    data, piece = text.encode('latin-1'), part.encode('latin-1')
    wrong += text.find(part) != expected or (part in text) != (expected >= 0)
    wrong += data.find(piece) != expected or (piece in data) != (expected >= 0)
    wrong += text.count(part) != slow_count(text, part) or data.count(piece) != slow_count(text, part)
    wrong += text.split(part) != text.replace(part, '\x00').split('\x00')
print(wrong)

for offset in range(40):
    text = '.' * offset + 'needle' + '.' * (40 - offset)
    assert text.find('needle') == offset and text.find('ne') == offset and text.find('x') == -1
    assert text.find('needle', offset + 1) == -1 and text.find('needle', offset, offset + 5) == -1

# Candidates that fit at both ends and not in between, everywhere; the time stays linear.
nearly = 'a' * 200_000
print(nearly.find('a' * 500 + 'b' + 'a' * 500), nearly.count('aab'), nearly.count('aa'))
nearly = 'ab' * 100_000
print(nearly.find('aba' + 'c' + 'b' * 50), (nearly + 'abc').find('abc'), nearly.count('ba'), nearly.count('abab'))
print('abc'.find('abcd'), ''.count('ab'), 'ab'.count('ab'), 'aXa'.count('aXa'), 'aaaa'.count('aa'))

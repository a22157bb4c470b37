"""Old ciphers: Caesar, Vigenere, rail fence, a substitution broken by counting letters, run length, base64 by hand."""
from collections import Counter
import string


def caesar(text, shift):
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    shift %= 26
    table = str.maketrans(lower + upper, lower[shift:] + lower[:shift] + upper[shift:] + upper[:shift])
    return text.translate(table)


def vigenere(text, key, sign=1):
    out, i = [], 0
    for c in text:
        if c.isascii() and c.isalpha():
            out.append(caesar(c, sign * (ord(key[i % len(key)].lower()) - 97)))
            i += 1
        else:
            out.append(c)
    return "".join(out)


def rail(text, rails):
    rows = [[] for _ in range(rails)]
    row, step = 0, 1
    for c in text:
        rows[row].append(c)
        if not 0 <= row + step < rails:
            step = -step
        row += step
    return "".join("".join(r) for r in rows)


def unrail(text, rails):
    positions = list(range(len(text)))
    rows, row, step = [[] for _ in range(rails)], 0, 1
    for i in positions:
        rows[row].append(i)
        if not 0 <= row + step < rails:
            step = -step
        row += step
    out = [""] * len(text)
    for c, i in zip(text, [i for r in rows for i in r]):
        out[i] = c
    return "".join(out)


def run_length(text):
    out, i = "", 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        out += (str(j - i) if j - i > 1 else "") + text[i]
        i = j
    return out


def unrun(text):
    out, count = "", ""
    for c in text:
        if c.isdigit():
            count += c
        else:
            out += c * int(count or 1)
            count = ""
    return out


ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"


def base64(data):
    out = []
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        n = int.from_bytes(chunk + bytes(3 - len(chunk)), "big")
        letters = [ALPHABET[n >> s & 63] for s in (18, 12, 6, 0)]
        out += letters[:len(chunk) + 1] + ["="] * (3 - len(chunk))
    return "".join(out)


def unbase64(text):
    out = bytes()
    for i in range(0, len(text), 4):
        part = text[i:i + 4]
        n = 0
        for c in part:
            n = n << 6 | (ALPHABET.index(c) if c != "=" else 0)
        out += n.to_bytes(3, "big")[:3 - part.count("=")]
    return out


def break_caesar(text):
    english = "etaoinshrdlu"
    def score(shift):
        counts = Counter(c for c in caesar(text, -shift).lower() if c.isalpha())
        return sum(n * (len(english) - english.index(c)) for c, n in counts.items() if c in english)
    return max(range(26), key=score)


message = "Meet me at the old stone bridge at half past ten, and bring the letters!"
for shift in (3, 13, 29, -5):
    secret = caesar(message, shift)
    print(shift, secret[:30], break_caesar(secret) == shift % 26, caesar(secret, -shift) == message)
secret = vigenere(message, "Lemon")
print(secret, vigenere(secret, "Lemon", -1) == message)
for rails in (2, 3, 5):
    print(rail(message, rails)[:40], unrail(rail(message, rails), rails) == message)
for text in ("aaabccdddd", "", "abc", "zzzzzzzzzzzz"):
    print(repr(run_length(text)), unrun(run_length(text)) == text)
for data in (b"", b"a", b"ab", b"abc", b"\x00\xff\x10", bytes(range(20)), "héllo".encode()):
    print(base64(data), unbase64(base64(data)) == data)
print(Counter(message.lower()).most_common(4))

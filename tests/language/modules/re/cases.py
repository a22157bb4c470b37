# IGNORECASE and the kinds of letters: Unicode, ASCII, scoped flags.
import re

for pattern, text in [("k", "\u212a"), ("\u212a", "kK"), ("s", "\u017f"), ("i", "\u0130\u0131I"), ("\u03c3", "\u03a3\u03c2"),
                      ("\xb5", "\u03bc\u039c"), ("\xdf", "\u1e9e"), ("[a-z]+", "\u212aS\u017f"), ("[^k]", "K\u212ax"), ("\xe9", "\xc9"),
                      (r"(\w)\1", "aA"), ("[\xe0-\xff]+", "\xc0\xc1\u0178"), ("\u0142", "\u0141")]:
    print(ascii(pattern), [ascii(m.group()) for m in re.finditer(pattern, text, re.I)],
          [ascii(m.group()) for m in re.finditer(pattern, text, re.I | re.A)])

print(re.findall(r"\d", "1\u0661\xb2"), re.findall(r"(?a)\d", "1\u0661"), re.findall(r"\s", "a\x1cb\x85c\u2003d e"), re.findall(r"(?a)\s", "a\x1cb\x85c d"))
print(re.findall(r"(?a:\w)+", "a\xe9b"), re.findall(r"(?i:a)b", "Ab aB"), re.findall(r"(?-i:a)b", "Ab aB", re.I), re.findall("(?s:.).", "\n\n\na"))
print(re.compile(r"""
    (\d+)   # digits
    \s* \#  # a sharp [sign]
    [ #]    # blank or sharp
""", re.X).findall("12 # 3##"))
print(re.compile("(?imsx)a").flags, re.compile("a").flags, re.compile(b"a").flags, re.compile("(?a)a").flags)

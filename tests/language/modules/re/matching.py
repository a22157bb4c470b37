# search, match, fullmatch, findall, finditer, split, sub: what they find in strings of each width.
import re

for text in ["one two  three", "caf\xe9 na\xefve \xdcber", "\u0142\xf3d\u017a \u03b1\u03b2\u03b3 x1", "\U0001f600 smile \U00010400x"]:
    print(ascii(re.findall(r"\w+", text)))
    print(ascii(re.split(r"\s+", text)), ascii(re.sub(r"(\w)(\w*)", r"\2\1", text)))
    print([m.span() for m in re.finditer(r"\b\w", text)])

m = re.search(r"(?P<key>\w+)\s*=\s*(?P<value>[^;]*)(;)?", "  width = 3 px")
print(m, m.group(), m.group("key", "value", 3), m["key"], m.groups("none"), m.groupdict())
print(m.start("value"), m.end(1), m.span(3), m.regs, m.lastindex, m.lastgroup, m.pos, m.endpos, m.string, m.re.groups)
print(m.expand(r"\g<value> <- \1\n\x41" if False else r"\g<value> <- \1"), bool(m))

print(re.fullmatch("a|ab", "ab"), re.match("a|ab", "ab"), re.fullmatch("a*", "aab"))
p = re.compile(r"^b", re.M)
print(p.search("ab\nb"), p.match("ab", 1), re.compile("b").match("ab", 1), re.compile("b$").search("abc", 0, 2))
print(re.findall("(?m)^", "a\nb\n"), re.findall("(?m)$", "a\nb\n"), re.search("a$", "a\n"), re.search(r"a\Z", "a\n"))

# Empty matches
print(re.sub("x*", "-", "abxd"), re.split("x*", "axbc"), re.findall("x*", "axxb"), re.sub(r"\b", "|", "to be"))
print(re.subn("(a)|b", r"[\1]", "abc"), re.sub("a", lambda m: None, "banana"), re.sub("a", "b", "aaaa", count=2))
print(re.split("(,)|;", "a,b;c", maxsplit=1), re.split("", "ab"))

# bytes
print(re.findall(rb"\w+", b"ab \xe9 c"), re.sub(rb"(b)", rb"<\1>", bytearray(b"abc")), re.match(b"a", memoryview(b"ab")).group())
print(re.search(r"\B", ""), re.search(r"\B", "ab"), re.search(r"(?<=\d)[a-z](?!\d)", "a1b2c3d"))

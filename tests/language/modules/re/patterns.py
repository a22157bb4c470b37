# Patterns and matches as objects.
import copy
import re

p = re.compile(r"(?P<a>x)(y)?(?P<b>z)*", re.I | re.M)
print(p, p.pattern, p.groups, dict(p.groupindex), int(p.flags), type(p), type(p.match("x")))
print(p == re.compile(r"(?P<a>x)(y)?(?P<b>z)*", re.I | re.M), p == re.compile("x"), p != 3, hash(p) == hash(copy.copy(p)), copy.deepcopy(p) is p)
print(re.compile("a" * 300), re.compile(b"a", re.L), re.compile("a", re.X | re.S | re.A))
print(re.compile(p) is p, re.compile("q") is re.compile("q"), re.purge())
print(re.escape("a.b*c [d]\n-_~#&\xe9"), re.escape(b"x+y\x00"))
m = p.search("..XYzz")
print(copy.copy(m) is m, m.lastindex, m.lastgroup, m.regs, re.match("((a)b)", "ab").lastindex, re.match("(a)|(b)", "b").lastindex, re.match("(?:(a)|(b))*", "aba").lastindex)
try:
    p.groupindex["x"] = 1
except TypeError as error:
    print(error)
try:
    p.pattern = 1
except AttributeError as error:
    print(error)
s = p.scanner("xyxz")
print(s.match(), s.search(), s.match(), s.pattern is p)
it = re.finditer("a", "aa")
print(next(it), next(it), next(it, "end"), iter(it) is it)

tokens = re.compile(r"(?P<NUMBER>\d+)|(?P<NAME>[a-z]\w*)|(?P<OP>[-+*/=()])|(?P<SPACE>\s+)|(?P<OTHER>.)")
print([(t.lastgroup, t.group()) for t in tokens.finditer("x1 = 3*(y + 42)!") if t.lastgroup != "SPACE"])
scanner = re.Scanner([(r"[a-z]+", lambda s, t: t.upper()), (r"\d+", lambda s, t: int(t)), (r"\s+", None)])
print(scanner.scan("ab 12 cd?x"))
print(re.Pattern[str], re.Match[bytes], re.__all__)
